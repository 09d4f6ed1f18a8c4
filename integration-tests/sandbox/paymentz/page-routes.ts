import { parseForm } from "../shared/body"
import { htmlReply, seeOther, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { PaymentzContext } from "./context"
import { paymentPage, unknownPage } from "./page"
import type { PaymentzPayment } from "./payment"
import { paymentReply } from "./payment-reply"
import { REDIRECT_PARAMETER } from "./redirect"
import { returnFields, returnForm } from "./return-form"
import { decide, type Choice } from "./shopper"

const PAGE = "/transaction/page/:linkId"

export function pagePath(linkId: string): string {
  return PAGE.replace(":linkId", encodeURIComponent(linkId))
}

/** The pages that the shopper meets, and the buttons on them. */
export function pageRoutes(context: PaymentzContext): readonly Route[] {
  const withPayment =
    (answer: (payment: PaymentzPayment, request: SandboxRequest) => Reply) =>
    (request: SandboxRequest): Reply => {
      const payment = context.payments.getByLink(request.params["linkId"] ?? "")
      return payment === undefined ? htmlReply(404, unknownPage()) : answer(payment, request)
    }
  const decided = (choice: Choice) =>
    withPayment((payment, request) =>
      back(context, decide(context, choice, payment, { savesCard: wantsToSave(request) }))
    )
  return [
    {
      method: "GET",
      path: PAGE,
      handle: withPayment((payment, { query }) => show(payment, query)),
    },
    {
      method: "POST",
      path: PAGE,
      handle: withPayment((payment, { body }) => {
        const form = parseForm(body)
        const parameters = new URLSearchParams("fields" in form ? form.fields : {})
        return seeOther(`${pagePath(payment.linkId)}?${parameters}`)
      }),
    },
    { method: "POST", path: `${PAGE}/pay`, handle: decided("pay") },
    { method: "POST", path: `${PAGE}/decline`, handle: decided("decline") },
    { method: "POST", path: `${PAGE}/cancel`, handle: decided("cancel") },
    { method: "POST", path: `${PAGE}/back`, handle: withPayment((each) => back(context, each)) },
  ]
}

/** Strict: a bank knows its payment by the parameters that the redirect came with. */
function show(payment: PaymentzPayment, query: URLSearchParams): Reply {
  const isRedirected = payment.origin === "bank" || payment.origin === "saved-card"
  if (isRedirected && query.get(REDIRECT_PARAMETER) !== payment.paymentId) {
    return htmlReply(404, unknownPage())
  }
  return htmlReply(200, paymentPage(payment, pagePath(payment.linkId)))
}

function back({ credentials, now, settings }: PaymentzContext, payment: PaymentzPayment): Reply {
  const reply = paymentReply(payment, credentials, now())
  return returnForm(payment.merchantRedirectUrl, returnFields(reply, settings().returnFields))
}

function wantsToSave({ body }: SandboxRequest): boolean {
  const form = parseForm(body)
  return "fields" in form && form.fields["saveCard"] === "true"
}
