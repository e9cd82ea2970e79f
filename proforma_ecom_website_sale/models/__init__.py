from . import (
    proforma_change_mixin,
    proforma_snapshot,
    res_config_settings,
    sale_order,
    website,
)
