import { Text } from "@medusajs/ui"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { FactLink } from "../fact"
import type { CustomerErasure, KeptReason } from "./api"

/** What was erased of a customer, and what is left and why; what has to end first leads to its page. */
export function Erasure({ erasure: { erased, kept, is_complete } }: { erasure: CustomerErasure }) {
  const { t } = useWords()
  const gone = [
    ["payments", erased.payments],
    ["savedMethods", erased.saved_methods],
    ["payees", erased.beneficiaries.length],
  ] as const
  return (
    <div className="flex flex-col gap-y-3">
      <Text size="small" weight="plus">
        {t(is_complete ? "customerData.erased.complete" : "customerData.erased.incomplete")}
      </Text>
      <ul className="txt-small list-disc pl-4 empty:hidden">
        {gone.map(
          ([what, count]) =>
            count > 0 && <li key={what}>{t(`customerData.erased.${what}`, { count })}</li>
        )}
      </ul>
      {kept.map(({ reason, what }) => (
        <div key={reason}>
          <Text size="small">{t(`customerData.kept.${reason}`, { count: what.length })}</Text>
          {isLeftOver(reason) && (
            <ul className="txt-compact-small">
              {what.map((id) => (
                <li key={id} className="break-all py-0.5">
                  <Left reason={reason} id={id} />
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </div>
  )
}

/** What is to be erased later is named, each one; of the books it is enough to know how many. */
function isLeftOver(reason: KeptReason): boolean {
  return reason !== "books" && reason !== "payout_books"
}

function Left({ reason, id }: { reason: KeptReason; id: string }) {
  switch (reason) {
    case "books":
    case "payment_under_way":
      return <FactLink to={`/gateway-payments?q=${id}`}>{id}</FactLink>
    case "payout_books":
    case "payout_under_way":
      return <FactLink to={`/payouts/beneficiaries/${id}`}>{id}</FactLink>
    case "gateway_silent":
      return gatewayName(id)
  }
}
