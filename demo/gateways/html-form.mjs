/**
 * @param {string} html
 * @param {string} label
 * @returns {string} where the button with this label sends its form
 */
export function formAction(html, label) {
  const buttons = html.matchAll(/<button[^>]*?formaction="([^"]*)"[^>]*>\s*([^<]*?)\s*<\/button>/g)
  for (const [, action, name] of buttons) if (action && name === label) return decoded(action)
  throw new Error(`The payment page has no button "${label}"`)
}

/**
 * The form of a page that does nothing but post it, which is how a browser is sent on by POST.
 *
 * @param {string} html
 * @param {URL} page
 * @returns {import("./payment-page.mjs").Lead | undefined}
 */
export function postedForm(html, page) {
  if (!html.includes("document.forms[0].submit()")) return undefined
  const [, action] = html.match(/<form method="post" action="([^"]*)"/) ?? []
  if (action === undefined) return undefined
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  return {
    url: new URL(decoded(action), page).href,
    fields: Object.fromEntries(
      [...inputs].map(([, name = "", value = ""]) => [decoded(name), decoded(value)])
    ),
  }
}

/** @type {Readonly<Record<string, string>>} */
const characters = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" }

/** @param {string} attribute */
function decoded(attribute) {
  return attribute.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity)
}
