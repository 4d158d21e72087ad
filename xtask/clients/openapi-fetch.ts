// openapi-typescript's types with openapi-fetch: registers, signs in, calls, refreshes, signs out.

import createClient from "openapi-fetch";
import { given, kept, same, withCookie } from "./cookie.js";
import type { paths } from "./generated/schema.js";

async function main() {
  const [url, origin, password] = [given("API_URL"), given("API_ORIGIN"), given("API_PASSWORD")];
  const api = createClient<paths>({ baseUrl: url });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  const body = { username: "typescript", password };
  const registered = await api.POST("/api/auth/register", { body });
  same(registered.response.status, 201, "register");
  const wrong = { username: "typescript", password: "not the password" };
  const refused = await api.POST("/api/auth/login", { body: wrong });
  same(refused.error?.code, "invalid_credentials", "a wrong password");

  const signedIn = await api.POST("/api/auth/login", { body });
  same(signedIn.data?.user.username, "typescript", "login");
  const headers = bearer(signedIn.data!.access_token);
  const me = await api.GET("/api/me", { headers });
  same(me.data?.id, signedIn.data!.user.id, "me");
  const changed = await api.PATCH("/api/me", { headers, body: { display_name: "Typed" } });
  same(changed.data?.display_name, "Typed", "update_me");

  let cookie = kept(signedIn.response);
  const refreshed = await api.POST("/api/auth/refresh", {
    headers: withCookie(cookie, origin),
    body: {},
  });
  same(refreshed.data?.token_type, "Bearer", "refresh");
  cookie = kept(refreshed.response);
  const left = await api.POST("/api/auth/logout", {
    headers: withCookie(cookie, origin),
    body: { scope: "all" },
  });
  same(left.response.status, 204, "logout");
  const over = await api.GET("/api/me", { headers: bearer(refreshed.data!.access_token) });
  same(over.error?.code, "session_revoked", "after logout");
}

void main();
