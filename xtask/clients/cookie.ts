// What a program does that a browser does by itself: it keeps the refresh cookie.

/** `name=value` of the refresh cookie that an answer set. */
export function kept(response: Response): string {
  const set = response.headers.getSetCookie().map((line) => line.split(";")[0]!);
  const refresh = set.find((pair) => pair.includes("refresh"));
  if (!refresh) throw new Error("the answer sets no refresh cookie");
  return refresh;
}

/** What goes with the cookie, for there is no browser that would say where the request is from. */
export function withCookie(cookie: string, origin: string) {
  return { Cookie: cookie, Origin: origin, "X-CSRF": "1", "Content-Type": "application/json" };
}

/** Fails unless the two are the same. */
export function same(is: unknown, wanted: unknown, what: string) {
  if (is !== wanted) throw new Error(`${what}: ${is}, not ${wanted}`);
}

/** A variable that `cargo xtask clients` sets. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
