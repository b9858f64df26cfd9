"""A real OpenID Connect provider (Canaille), in memory: `python serve.py PORT PUBLIC_URL`, run by its own environment.

Some people have an account there, and one application is known. It is not trusted: consent is asked for.
"""

from __future__ import annotations

import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend

port, public_url = sys.argv[1:]
app = create_app(
    config={
        "SECRET_KEY": "the secret of the provider of the tests",
        "SERVER_NAME": f"localhost:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "SMTP": None, "LANGUAGE": "en", "HTMX": False, "JAVASCRIPT": False},
        "CANAILLE_OIDC": {"TRUSTED_DOMAINS": []},
    },
    env_file="",
)
with app.app_context(), Backend.instance.session():
    for name in ("ada", "grace", "hedy", "joan", "karen", "mary", "radia"):
        person = models.User(
            user_name=name,
            formatted_name=name.title(),
            family_name="Person",
            emails=[f"{name}@example.org"],
            password=f"the password of {name}",
        )
        Backend.instance.save(person)
    client = models.Client(
        client_id="comptoir",
        client_secret="the secret of the client",
        client_name="Comptoir",
        client_uri=public_url,
        redirect_uris=[f"{public_url}/connexion/retour"],
        post_logout_redirect_uris=[f"{public_url}/deconnexion"],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid"],
        token_endpoint_auth_method="client_secret_basic",
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)
app.run("127.0.0.1", int(port), threaded=True)
