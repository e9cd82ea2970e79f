from . import (
    proforma_change_mixin,
    proforma_change_request_mixin,
    proforma_request,
    proforma_snapshot,
    res_config_settings,
    sale_order,
    website,
)
