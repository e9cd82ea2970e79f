"""The benchmark: ours and the peer, side by side in one run, as ratios."""
