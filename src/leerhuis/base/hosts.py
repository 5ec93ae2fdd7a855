"""Which host names lead to this machine itself: what goes there leaves nobody's hands."""

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """True for a host on this machine: an empty name, a socket's folder, ``localhost`` and addresses that loop back."""
    name = host.strip().strip("[]").rstrip(".").lower()
    if not name or name.startswith("/") or name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_host_of(host: str, domain: str) -> bool:
    """True for a host that is a domain or lies below it (``smtp.mail.example`` of ``mail.example``)."""
    name, above = (each.strip().rstrip(".").lower() for each in (host, domain))
    return bool(above) and (name == above or name.endswith(f".{above}"))
