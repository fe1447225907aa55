#!/usr/bin/env python3
"""A mail server of another make, for tests: prints its port, then each message it took as a line of JSON.

    mail-server.py [--tls CERTIFICATE KEY] [--user NAME PASSWORD] [--port PORT]

nobody@… does not exist (550); busy@… is refused once (451) and taken the second time.
"""
import argparse
import email
import email.policy
import json
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("--tls", nargs=2)
arguments.add_argument("--user", nargs=2)
arguments.add_argument("--port", type=int, default=0)
options = arguments.parse_args()
refused = set()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        if address.startswith("busy@") and address not in refused:
            refused.add(address)
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "envelope_from": envelope.mail_from, "envelope_to": envelope.rcpt_tos,
            "from": str(message["From"]), "to": str(message["To"]),
            "subject": str(message["Subject"]), "id": str(message["Message-ID"]),
            "date": message["Date"].datetime.isoformat(), "text": message.get_content(),
            "defects": len(message.defects), "tls": session.ssl is not None,
            "user": session.auth_data if isinstance(session.auth_data, str) else None,
            "longest": max(len(line) for line in envelope.content.splitlines()),
        }), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    given = (data.login.decode(), data.password.decode())
    fits = options.user and given == tuple(options.user)
    return AuthResult(success=bool(fits), handled=bool(fits), auth_data=given[0] if fits else None)


class Server(Controller):
    def _trigger_server(self):
        # Port 0 is known only once the server listens.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


settings = {}
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    settings |= {"tls_context": context, "require_starttls": True}
if options.user:
    settings |= {"authenticator": authenticate, "auth_required": True,
                 "auth_require_tls": bool(options.tls)}
server = Server(Handler(), hostname="127.0.0.1", port=options.port, **settings)
server.start()
print(json.dumps({"port": server.port}), flush=True)
# Ends with whoever started it.
sys.stdin.read()
server.stop()
