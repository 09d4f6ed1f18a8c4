import { Text } from "@medusajs/ui"
import { formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import type { ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

type Moment = { key: string; at: string; what: string; who?: string; note?: string | null }

/** What happened, the newest first: at the gateway, and by whom in the shop. */
export function History({ found }: { found: ExceptionDetail }) {
  const { t, language } = useExceptionWords()
  const moments = useMoments(found)
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("exceptions.history.title")}>
      <Text size="small" leading="compact" weight="plus">
        {t("exceptions.history.title")}
      </Text>
      <ol className="flex flex-col gap-y-3">
        {moments.map(({ key, at, what, who, note }) => (
          <li key={key} className="border-ui-border-strong border-l-2 pl-3">
            <Text size="small" leading="compact">
              {who === undefined ? what : `${what} · ${who}`}
            </Text>
            {note && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {note}
              </Text>
            )}
            <Text size="xsmall" className="text-ui-fg-subtle">
              {formatTime(at, language)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}

function useMoments(found: ExceptionDetail): Moment[] {
  const { t, language, person } = useExceptionWords()
  const { gateway_order, received_money, operations, audit_lines } = found
  const gateway = gatewayName(found.provider_id)
  const money = (amount: string, currency: string) => formatMoney(amount, currency, language)
  const moments: Moment[] = [
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
  return moments.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
