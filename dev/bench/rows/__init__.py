"""One module a row; a new module is found by itself.

Each has

- ``NAME``: what is measured / what it is compared to
- ``TARGET``: the ratio not to exceed; in ``UNIT`` where there is no peer
- ``REPEATS``: measured pairs, after one pair that is not counted
- ``STARTS``: in how many processes of each side, one after the other; 1 when it is not
  given. How a process lies in memory makes it some percent faster or slower.
- ``PEER_DATABASE``: "all" (our addons installed), "core" (without them) or "oca"
  (without them, with OCA's `sale_validity_auto_cancel`)
- ``prepare(env)``: called once in each process; what it returns is the state
- ``ours(env, state)`` and ``peer(env, state)``: one measured run; everything is rolled
  back after it. A number that is returned is the measure instead of the seconds that it
  took, in ``UNIT`` ("s" when it is not given).

A row with ``NEEDS``, the path of a file of our addons, is left out as long as the
checkout has no such file.

A row without ``peer`` and ``PEER_DATABASE`` is measured on our side alone. ``note(env,
state)``, if it is there, is called last and returns a text that is printed below; a
peer on "core" or "oca" is asked for its own, too.
"""
