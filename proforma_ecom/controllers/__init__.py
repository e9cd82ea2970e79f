from . import address, payment, portal, verification, versions
