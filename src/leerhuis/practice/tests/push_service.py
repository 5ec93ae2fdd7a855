"""A push service over real HTTP, as RFC 8030 has it: knows who sends (RFC 8292), and opens what was sealed (RFC 8291).

It is written from the texts of the standards, apart from the libraries that the product uses.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

GOOGLE = "https://fcm.googleapis.com/fcm/send/"
LARGEST = 4096


def plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class Browser:
    """A browser that subscribed: its address at the service and its keys."""

    name: str
    at: str = GOOGLE
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth_bytes: bytes = field(default_factory=lambda: urandom(16))

    @property
    def endpoint(self) -> str:
        return self.at + self.name

    @property
    def subscription(self) -> dict[str, str]:
        key = text(point_of(self.secret.public_key()))
        return {"endpoint": self.endpoint, "key": key, "auth": text(self.auth_bytes)}

    def opened(self, sealed: bytes) -> bytes:
        """Open a message with the keys of this subscription (RFC 8291, 3.4, and RFC 8188, 2)."""
        salt, size, length = sealed[:16], int.from_bytes(sealed[16:20]), sealed[20]
        sender, record = sealed[21 : 21 + length], sealed[21 + length :]
        assert len(record) <= size
        shared = self.secret.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        info = b"WebPush: info\0" + point_of(self.secret.public_key()) + sender
        material = derived(shared, self.auth_bytes, info, 32)
        key = derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(material, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded[-1] == 2  # the last record
        return padded[:-1]


def derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


@dataclass
class PushService:
    """What came in, opened; `say` chooses what is answered to an address: a status, with headers."""

    browsers: dict[str, Browser] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    came: list[dict[str, Any]] = field(default_factory=list)
    server: Any = None

    def subscribe(self, name: str, at: str = GOOGLE) -> Browser:
        browser = Browser(name, at)
        self.browsers[browser.endpoint] = browser
        return browser

    def say(self, browser: Browser, status: int, **headers: str) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[browser.endpoint] = (status, told)

    def take(self, host: str, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, str]]:
        endpoint = f"https://{host}{path}"
        browser = self.browsers.get(endpoint)
        if browser is None:
            return 404, {}
        if len(body) > LARGEST:
            return 413, {}
        if headers["Content-Encoding"] != "aes128gcm" or not headers["TTL"].isdecimal():
            return 400, {}
        claims = self.sender(headers["Authorization"])
        if claims is None or claims["aud"] != f"https://{host}" or not claims["sub"].startswith("mailto:"):
            return 403, {}
        told = {name: headers[name] for name in ("TTL", "Urgency", "Topic")}
        words = json.loads(browser.opened(body))
        self.came.append({"to": browser.name, "words": words, "claims": claims, **told})
        return self.answers.get(endpoint, (201, {"Location": "/m/1"}))

    def sender(self, said: str) -> dict[str, Any] | None:
        """Return what the sender claims, when the signature is that of the key they name (RFC 8292, RFC 7515)."""
        scheme, _, rest = said.partition(" ")
        parts = dict(each.strip().split("=", 1) for each in rest.split(","))
        head, claims, mark = parts["t"].split(".")
        assert (scheme, json.loads(plain(head))["alg"]) == ("vapid", "ES256")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(parts["k"]))
        signed = plain(mark)
        numbers = encode_dss_signature(int.from_bytes(signed[:32]), int.from_bytes(signed[32:]))
        key.verify(numbers, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        return dict(json.loads(plain(claims)), key=parts["k"])

    def start(self) -> str:
        """Serve on a free port of this machine, and return host and port."""
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, told = service.take(self.headers["Host"], self.path, self.headers, body)
                self.send_response(status)
                for name, value in {**told, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def digest(browser: Browser) -> str:
    return sha256(browser.endpoint.encode()).hexdigest()
