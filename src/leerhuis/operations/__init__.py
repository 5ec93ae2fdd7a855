"""Operations: backups that can be put back and nothing else can read, how old they are, and whether that was tried.

What runs PostgreSQL's programs lies in `config` (backups, keeper, keeping, restore, drill). Start reading at place.py.
"""
