/**
 * Opens the page that `next_action` names and presses a button on it, as a browser would.
 *
 * @param {unknown} nextAction
 * @param {string} label
 */
export async function pressButton(nextAction, label) {
  const page = new URL(redirectUrl(nextAction))
  const html = await text(await fetch(page))
  const action = formAction(html, label)
  // Where it leads the shopper next is the storefront's part.
  await text(await fetch(new URL(action, page), { method: "POST", redirect: "manual" }))
}

/** @param {unknown} nextAction */
function redirectUrl(nextAction) {
  if (typeof nextAction === "object" && nextAction !== null && "type" in nextAction) {
    const { type } = nextAction
    if (type === "redirect" && "url" in nextAction) return String(nextAction.url)
  }
  throw new Error(`The shopper was to be sent to a page, and got ${JSON.stringify(nextAction)}`)
}

/**
 * @param {string} html
 * @param {string} label
 */
export function formAction(html, label) {
  const buttons = html.matchAll(/<button[^>]*?formaction="([^"]*)"[^>]*>\s*([^<]*?)\s*<\/button>/g)
  for (const [, action, name] of buttons) if (action && name === label) return action
  throw new Error(`The payment page has no button "${label}"`)
}

/** @param {Response} response */
async function text(response) {
  const body = await response.text()
  if (response.status >= 400) {
    throw new Error(`${response.url} answered ${response.status}: ${body.slice(0, 200)}`)
  }
  return body
}
