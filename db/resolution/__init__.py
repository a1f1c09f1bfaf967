"""Which thing a name stands for, across releases.

    names of one release --keys--> identities --rules--> entities

`keys` is pure and runs wherever the extraction ran; `resolver` is the part that needs the database.
"""
