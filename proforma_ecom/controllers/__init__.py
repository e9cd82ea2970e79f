from . import address, payment, portal, reading, renewal, verification, versions
