from . import (
    address,
    follow_up,
    payment,
    portal,
    portal_list,
    reading,
    renewal,
    verification,
    versions,
)
