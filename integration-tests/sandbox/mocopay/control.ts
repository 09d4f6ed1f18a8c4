import { control, NotFoundError } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { MocopayContext } from "./context"
import type { MocopayPayment } from "./payment"
import type { ShopperSide } from "./shopper-side"

/** The shopper's and the operator's part in a payment, for another process. */
export function paymentControlRoutes(
  { payments }: Pick<MocopayContext, "payments">,
  shopper: ShopperSide
): readonly Route[] {
  const existing = (answer: (reference: string) => MocopayPayment) => (request: SandboxRequest) => {
    const reference = request.params["reference"] ?? ""
    if (payments.get(reference) === undefined) {
      throw new NotFoundError(`There is no payment ${reference}`)
    }
    return answer(reference)
  }
  const act = (name: string, answer: (reference: string) => MocopayPayment) =>
    control("POST", `payments/:reference/${name}`, existing(answer))
  return [
    control(
      "GET",
      "payments/:reference",
      existing((reference) => payments.require(reference))
    ),
    act("pay", (reference) => shopper.pay(reference)),
    act("decline", (reference) => shopper.decline(reference)),
    act("fail", (reference) => shopper.fail(reference)),
    act("authorize", (reference) => shopper.authorize(reference)),
    act("charge-series", (reference) => shopper.chargeSeries(reference)),
  ]
}
