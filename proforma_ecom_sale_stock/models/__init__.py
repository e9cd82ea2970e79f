from . import proforma_event, sale_order, stock_picking
