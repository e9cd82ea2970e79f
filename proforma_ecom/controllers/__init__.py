from . import (
    address,
    change,
    follow_up,
    negotiation,
    payment,
    portal,
    reading,
    renewal,
    verification,
    versions,
)
