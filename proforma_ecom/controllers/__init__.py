from . import (
    address,
    feedback,
    follow_up,
    papers,
    payment,
    portal,
    portal_list,
    reading,
    renewal,
    terms,
    verification,
    versions,
)
