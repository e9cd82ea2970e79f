from . import address, follow_up, payment, portal, verification, versions
