from . import (
    address,
    follow_up,
    payment,
    portal,
    reading,
    renewal,
    verification,
    versions,
)
