"""Documents about people: files on the disk, encrypted with a key per person and purpose, for any package above.

A document is a row and a closed file; who may open it is asked of the package that owns its purpose. Where the last
document of a person for a purpose goes, its key goes, and every copy of the file is noise. Start reading at models.py,
then actions.py; how files and keys lie on the disk stands in disk.py and keys.py.
"""
