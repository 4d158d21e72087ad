// Hey API's client: registers, signs in, calls, refreshes, signs out.

import { given, kept, same, withCookie } from "./cookie.js";
import { client } from "./generated/hey-api/client.gen.js";
import { login, logout, me, refresh, register, sessions } from "./generated/hey-api/sdk.gen.js";

async function main() {
  const [url, origin, password] = [given("API_URL"), given("API_ORIGIN"), given("API_PASSWORD")];
  client.setConfig({ baseUrl: url });

  const body = { username: "hey-api", password };
  const registered = await register({ body });
  same(registered.response.status, 201, "register");
  const taken = await register({ body });
  same(taken.error?.code, "username_taken", "a name twice");

  const signedIn = await login({ body });
  same(signedIn.data?.user.username, "hey-api", "login");
  client.setConfig({ auth: signedIn.data!.access_token });
  const myself = await me();
  same(myself.data?.id, signedIn.data!.user.id, "me");
  const listed = await sessions();
  same(listed.data?.sessions.length, 2, "sessions");

  let cookie = kept(signedIn.response);
  client.setConfig({ auth: undefined });
  const refreshed = await refresh({ headers: withCookie(cookie, origin), body: {} });
  same(refreshed.data?.token_type, "Bearer", "refresh");
  cookie = kept(refreshed.response);
  const left = await logout({ headers: withCookie(cookie, origin), body: { scope: "this" } });
  same(left.response.status, 204, "logout");
  const over = await refresh({ headers: withCookie(cookie, origin), body: {} });
  same(over.error?.code, "session_revoked", "after logout");
}

void main();
