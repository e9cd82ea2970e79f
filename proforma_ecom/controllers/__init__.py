from . import address, payment, portal, renewal, verification, versions
