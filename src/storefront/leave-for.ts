import type { NextAction } from "../providers/base/payment-gateway"

type PageAction = Extract<NextAction, { type: "redirect" | "post_form" }>

type FormLike = { append(input: unknown): void; submit(): void }

/** What is used of a browser's document; named here, so that no server code is compiled with a browser's types. */
export type DocumentLike = {
  location: { assign(url: string): void } | null
  body: { append(form: unknown): void }
  createElement(name: "form"): FormLike
  createElement(name: "input"): object
}

/** Sends the shopper to the gateway's own page: by a link, or by a form that the browser posts. */
export function leaveFor(action: PageAction, page: DocumentLike): void {
  if (action.type === "redirect") {
    page.location?.assign(action.url)
    return
  }
  const form = page.createElement("form")
  Object.assign(form, { method: "post", action: action.url })
  for (const [name, value] of Object.entries(action.fields)) {
    form.append(Object.assign(page.createElement("input"), { type: "hidden", name, value }))
  }
  page.body.append(form)
  form.submit()
}
