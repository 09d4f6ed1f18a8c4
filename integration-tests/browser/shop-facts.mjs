/**
 * @param {string} url the shop's
 * @param {{ email: string, password: string }} account
 * @returns {Promise<string>} for `authorization: Bearer`
 */
export async function adminToken(url, account) {
  const answer = await fetch(`${url}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: account.email, password: account.password }),
  })
  const { token, message } = /** @type {{ token?: string, message?: string }} */ (
    await answer.json()
  )
  if (token === undefined) throw new Error(`${account.email} could not log in: ${message}`)
  return token
}

/** @param {string} url the shop's @param {string} token an admin's */
export async function publishableKeyOf(url, token) {
  const answer = await fetch(`${url}/admin/api-keys?type=publishable`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { api_keys } = /** @type {{ api_keys?: { token: string }[] }} */ (await answer.json())
  if (api_keys?.[0] === undefined) throw new Error("The shop has no publishable API key")
  return api_keys[0].token
}
