import { StatusBadge, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { Loaded } from "../problem"
import { CopyFact, Fact, type Moment, Moments } from "../section"
import { SideDrawer } from "../side-drawer"
import { type ExceptionDetail, useException } from "./api"
import { Decision } from "./decision"
import { useHold, WhoHasIt } from "./who-has-it"
import { stateColors, useExceptionWords } from "./words"
import { SubtleText } from "../text"

/** All that is needed to decide about one entry, and the ways to do so. */
export function ExceptionDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, kind } = useExceptionWords()
  const answer = useException(id)
  const found = answer.data?.payment_exception
  return (
    <SideDrawer title={found ? kind(found.kind) : t("exceptions.title")} onClose={onClose}>
      <Loaded answer={answer} skeleton="h-64">
        {({ payment_exception }) => <Opened key={payment_exception.id} found={payment_exception} />}
      </Loaded>
    </SideDrawer>
  )
}

function Opened({ found }: { found: ExceptionDetail }) {
  const words = useExceptionWords()
  const hold = useHold(found)
  return (
    <div
      className="divide-y"
      // What somebody does here is the sign that they are still at it.
      onKeyDownCapture={hold.renew}
      onPointerDownCapture={hold.renew}
    >
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <div className="flex flex-wrap items-center gap-2">
          <Text size="large" weight="plus">
            {formatMoney(found.raw_amount.value, found.currency_code, words.language)}
          </Text>
          <StatusBadge color={stateColors[found.state]}>{words.state(found.state)}</StatusBadge>
        </div>
        <SubtleText>{words.why(found.kind)}</SubtleText>
      </div>
      <MoneyFacts found={found} />
      <WhoHasIt found={found} hold={hold} />
      {found.state === "open" && <Decision found={found} hold={hold} />}
      <ReferenceFacts found={found} />
      <History found={found} />
    </div>
  )
}

/** What was expected and what came, and whose it is. */
function MoneyFacts({ found }: { found: ExceptionDetail }) {
  const { t, language } = useExceptionWords()
  const { customer, order } = found
  const expected = formatMoney(
    found.raw_expected_amount.value,
    found.expected_currency_code,
    language
  )
  return (
    <section aria-label={t("exceptions.facts.title")} className="divide-y">
      <Fact label={t("exceptions.facts.expected")}>{expected}</Fact>
      <Fact label={t("exceptions.facts.received")}>
        <Received found={found} />
      </Fact>
      <Fact label={t("exceptions.facts.customer")}>
        {customer?.id ? (
          <Link className="text-ui-fg-base underline" to={`/customers/${customer.id}`}>
            {customer.name ?? customer.email}
          </Link>
        ) : (
          (customer?.name ?? customer?.email ?? t("exceptions.unknown"))
        )}
        {customer?.name && customer.email && (
          <Text size="xsmall" className="text-ui-fg-subtle break-all">
            {customer.email}
          </Text>
        )}
      </Fact>
      {order && (
        <Fact label={t("exceptions.facts.order")}>
          <Link className="text-ui-fg-base underline" to={`/orders/${order.id}`}>
            {t("exceptions.orderNumber", { number: order.display_id })}
          </Link>
        </Fact>
      )}
    </section>
  )
}

/** Under which numbers either side has it, and what the gateway says of it. */
function ReferenceFacts({ found }: { found: ExceptionDetail }) {
  const { t, language } = useExceptionWords()
  const { gateway_order } = found
  return (
    <section aria-label={t("exceptions.facts.references")} className="divide-y">
      {found.cart_id && <CopyFact label={t("exceptions.facts.cart")} value={found.cart_id} />}
      <Fact label={t("exceptions.facts.gateway")}>{gatewayName(found.provider_id)}</Fact>
      {gateway_order && (
        <Fact label={t("exceptions.facts.status")}>
          {t(`common.paymentStates.${gateway_order.state}`)}
          {gateway_order.raw_status && (
            <span className="text-ui-fg-subtle ml-1">{gateway_order.raw_status}</span>
          )}
        </Fact>
      )}
      <CopyFact label={t("exceptions.facts.reference")} value={found.reference} />
      {found.gateway_id && (
        <CopyFact label={t("exceptions.facts.gatewayId")} value={found.gateway_id} />
      )}
      <Fact label={t("exceptions.facts.found")}>{formatTime(found.created_at, language)}</Fact>
    </section>
  )
}

/** Each payment by itself where there are several. */
function Received({ found }: { found: ExceptionDetail }) {
  const { language } = useExceptionWords()
  const { received_money, raw_received_amount, currency_code } = found
  return (
    <>
      {formatMoney(raw_received_amount.value, currency_code, language)}
      {received_money.length > 1 &&
        received_money.map((money) => (
          <Text key={money.gateway_id} size="xsmall" className="text-ui-fg-subtle break-all">
            {`${formatMoney(money.amount, money.currency_code, language)} · ${money.gateway_id}`}
          </Text>
        ))}
    </>
  )
}

/** What happened, the newest first: at the gateway, and by whom in the shop. */
function History({ found }: { found: ExceptionDetail }) {
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
