"""openapi-python-client's client: registers, signs in, calls, refreshes, signs out."""

import os
from http import HTTPStatus

from countersign_client import AuthenticatedClient, Client
from countersign_client.api.account import me
from countersign_client.api.sign_in import login, logout, refresh, register
from countersign_client.models import (
    ErrorCode,
    Login,
    Logout,
    LogoutScope,
    Problem,
    Refresh,
    Register,
    SignedIn,
)

URL, ORIGIN = os.environ["API_URL"], os.environ["API_ORIGIN"]
NAME, PASSWORD = "python", os.environ["API_PASSWORD"]


def signed_in(answer) -> SignedIn:
    assert isinstance(answer.parsed, SignedIn), answer
    return answer.parsed


def refresh_cookie(answer) -> str:
    cookie = next(part for part in answer.headers["set-cookie"].split(", ") if "refresh" in part)
    return cookie.split(";")[0]


# Each answer's cookie is sent by hand, so that no jar keeps one for the calls without.
anyone = Client(base_url=URL)
made = register.sync_detailed(client=anyone, body=Register(username=NAME, password=PASSWORD))
assert made.status_code == HTTPStatus.CREATED and signed_in(made).user.username == NAME

anyone = Client(base_url=URL)
wrong = login.sync(client=anyone, body=Login(username=NAME, password="not the password"))
assert isinstance(wrong, Problem) and wrong.code == ErrorCode.INVALID_CREDENTIALS, wrong
answer = login.sync_detailed(client=anyone, body=Login(username=NAME, password=PASSWORD))
held, cookie = signed_in(answer), refresh_cookie(answer)
token = held.access_token
myself = me.sync(client=AuthenticatedClient(base_url=URL, token=token))
assert myself.id == held.user.id, myself


def with_cookie(cookie: str) -> Client:
    return Client(base_url=URL, headers={"Cookie": cookie, "Origin": ORIGIN})


answer = refresh.sync_detailed(client=with_cookie(cookie), body=Refresh(), x_csrf="1")
token, cookie = signed_in(answer).access_token, refresh_cookie(answer)
scope = Logout(scope=LogoutScope.ALL)
left = logout.sync_detailed(client=with_cookie(cookie), body=scope, x_csrf="1")
assert left.status_code == HTTPStatus.NO_CONTENT, left
over = me.sync(client=AuthenticatedClient(base_url=URL, token=token))
assert isinstance(over, Problem) and over.code == ErrorCode.SESSION_REVOKED, over
