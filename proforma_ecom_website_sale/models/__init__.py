from . import proforma_snapshot, res_config_settings, sale_order, website
