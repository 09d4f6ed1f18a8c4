import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { Moments, type Moment } from "../moments"
import type { ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

/** What happened, the newest first: at the gateway, and by whom in the shop. */
export function History({ found }: { found: ExceptionDetail }) {
  const { t } = useExceptionWords()
  return <Moments title={t("exceptions.history.title")} moments={useMoments(found)} />
}

function useMoments(found: ExceptionDetail): Moment[] {
  const { t, language, person } = useExceptionWords()
  const { gateway_order, received_money, operations, audit_lines } = found
  const gateway = gatewayName(found.provider_id)
  const money = (amount: string, currency: string) => formatMoney(amount, currency, language)
  return [
    ...(gateway_order
      ? [
          {
            key: "opened",
            at: gateway_order.created_at,
            what: t("exceptions.history.opened", {
              gateway,
              amount: money(gateway_order.amount, gateway_order.currency_code),
            }),
          },
        ]
      : []),
    ...received_money.map(({ gateway_id, amount, currency_code, created_at }) => ({
      key: `money ${gateway_id}`,
      at: created_at,
      what: t("exceptions.history.received", { amount: money(amount, currency_code) }),
    })),
    { key: "listed", at: found.created_at, what: t("exceptions.history.listed") },
    ...operations.map((operation) => ({
      key: operation.reference,
      at: operation.created_at,
      what: t(`exceptions.history.operations.${operation.kind}`, {
        amount: money(operation.amount, operation.currency_code),
        state: t(`exceptions.history.operationStates.${operation.state}`),
      }),
      note: [operation.gateway_code, operation.gateway_message].filter(Boolean).join(" "),
    })),
    ...audit_lines.map(({ id, action, actor, actor_name, note, created_at }) => ({
      key: id,
      at: created_at,
      what: t(`exceptions.history.actions.${action.replaceAll(" ", "_")}`, {
        defaultValue: action,
      }),
      who: person(actor, actor_name),
      note,
    })),
  ]
}
