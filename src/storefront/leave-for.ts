import type { PageAction } from "./next-action"

type FormLike = {
  setAttribute(name: string, value: string): void
  append(...inputs: unknown[]): void
  submit(): void
}

/** What is used of a browser's document; named here, so that no server code is compiled with a browser's types. */
export type DocumentLike = {
  location: { assign(url: string): void } | null
  body: { append(form: unknown): void }
  createElement(name: "form"): FormLike
  createElement(name: "input"): object
}

/**
 * Sends the shopper to the gateway's own page: by a link, or by a form that the browser posts.
 *
 * A field in a form hides the form's own property of that name, and banks have fields called `submit`, `action` and
 * `method`. So the form is complete before its fields come, all at once, and is submitted by the method of another
 * form, which has none.
 */
export function leaveFor(action: PageAction, page: DocumentLike): void {
  if (action.type === "redirect") {
    page.location?.assign(action.url)
    return
  }
  const form = page.createElement("form")
  form.setAttribute("method", "post")
  form.setAttribute("action", action.url)
  // Whatever the page around it is written in.
  form.setAttribute("accept-charset", "utf-8")
  const inputs = Object.entries(action.fields).map(([name, value]) =>
    // The type first: any other kind of input takes line breaks out of a value.
    Object.assign(page.createElement("input"), { type: "hidden", name, value })
  )
  page.body.append(form)
  form.append(...inputs)
  const { submit } = page.createElement("form")
  submit.call(form)
}
