import { formAction, postedForm } from "./html-form.mjs"

/** @typedef {import("medusa-regional-payments/storefront").NextAction} NextAction */

/**
 * @typedef {object} Lead where a browser goes on to
 * @property {string} url
 * @property {Record<string, string>} [fields] of the form that it posts there
 */

/**
 * Opens the page that the shopper is sent to and presses a button on it, as a browser would.
 *
 * @param {NextAction} action
 * @param {string} label
 * @returns {Promise<Lead | undefined>} undefined where the shopper stays
 */
export async function pressButton(action, label) {
  const page = await follow(leadOf(action))
  const button = new URL(formAction(await text(page), label), page.url)
  const answer = await fetch(button, { method: "POST", redirect: "manual" })
  const html = await text(answer)
  const location = answer.headers.get("location")
  return location === null ? postedForm(html, button) : { url: new URL(location, button).href }
}

/**
 * @param {Lead} lead
 * @param {"follow" | "manual"} [redirect]
 */
export function follow({ url, fields }, redirect = "follow") {
  return fetch(
    url,
    fields ? { method: "POST", body: new URLSearchParams(fields), redirect } : { redirect }
  )
}

/**
 * @param {NextAction} action
 * @returns {Lead}
 */
function leadOf(action) {
  switch (action.type) {
    case "redirect":
      return { url: action.url }
    case "post_form":
      return { url: action.url, fields: action.fields }
    default:
      throw new Error(`The shopper was to be sent to a page, and got ${JSON.stringify(action)}`)
  }
}

/** @param {Response} response */
async function text(response) {
  const body = await response.text()
  if (response.status >= 400) {
    throw new Error(`${response.url} answered ${response.status}: ${body.slice(0, 200)}`)
  }
  return body
}
