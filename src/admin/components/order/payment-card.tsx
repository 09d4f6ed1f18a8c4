import { ArrowPath } from "@medusajs/icons"
import { Badge, Button, Copy, StatusBadge, Text, toast } from "@medusajs/ui"
import { useMemo, useState } from "react"
import { Link } from "react-router-dom"
import { qrSvg } from "../../../storefront/qr-svg"
import { useAbilities } from "../../lib/abilities"
import { formatAge, formatTime } from "../../lib/format"
import { stateColors } from "../gateway-payments/api"
import { CopyFact, Fact } from "../section"
import { type OrderPayment, useCheck } from "./api"
import { type Move, MoveDrawer } from "./move-drawer"
import { useOrderWords } from "./words"
import { StrongText, SubtleText } from "../text"

/** One payment of an order at its gateway. */
export function PaymentCard({ orderId, payment }: { orderId: string; payment: OrderPayment }) {
  const { t, language } = useOrderWords()
  return (
    <section className="divide-y" aria-label={payment.title ?? payment.provider_id}>
      <div className="flex flex-col gap-y-1 px-6 py-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Text weight="plus">{payment.title ?? payment.provider_id}</Text>
          <StatusBadge color={stateColors[payment.state]}>
            {t(`common.paymentStates.${payment.state}`)}
          </StatusBadge>
        </div>
        {payment.raw_status && (
          <SubtleText>{t("order.gatewaySays", { status: payment.raw_status })}</SubtleText>
        )}
        {payment.asked_at && (
          <Text
            size="xsmall"
            className="text-ui-fg-subtle"
            title={formatTime(payment.asked_at, language)}
          >
            {t("order.askedAt", { age: formatAge(payment.asked_at, language) })}
          </Text>
        )}
        {payment.title === null && (
          <Text size="small" className="text-ui-fg-error">
            {t("order.providerGone")}
          </Text>
        )}
      </div>
      <Exceptions payment={payment} />
      {payment.next_action && <NextAction action={payment.next_action} payment={payment} />}
      <Amounts payment={payment} />
      <Fact label={t("exceptions.facts.reference")} copies={payment.reference}>
        <Link
          className="text-ui-fg-base break-all underline"
          to={`/gateway-payments?${new URLSearchParams({ q: payment.reference }).toString()}`}
        >
          {payment.reference}
        </Link>
      </Fact>
      {payment.gateway_id && (
        <CopyFact label={t("exceptions.facts.gatewayId")} value={payment.gateway_id} />
      )}
      {payment.expires_at && payment.next_action && (
        <Fact label={t("order.expires")}>{formatTime(payment.expires_at, language)}</Fact>
      )}
      <Abilities orderId={orderId} payment={payment} />
    </section>
  )
}

function Exceptions({ payment }: { payment: OrderPayment }) {
  const { t, money } = useOrderWords()
  return payment.exceptions.map(({ id, kind, amount, currency_code }) => (
    <div key={id} className="flex flex-wrap items-center gap-2 px-6 py-3" role="status">
      <Badge size="2xsmall" color="orange">
        {t(`exceptions.kinds.${kind}`)}
      </Badge>
      <Text size="small">{money(amount, currency_code)}</Text>
      <Link
        className="text-ui-fg-interactive txt-compact-small"
        to={`/payments-that-need-you?open=${id}`}
      >
        {t("order.decide")}
      </Link>
    </div>
  ))
}

function Amounts({ payment }: { payment: OrderPayment }) {
  const { t, money } = useOrderWords()
  const { currency_code: currency, missing, surplus } = payment
  return (
    <>
      {(["ordered", "received", "captured", "refunded"] as const).map((name) => (
        <Fact key={name} label={t(`order.amounts.${name}`)}>
          {money(payment[name], currency)}
        </Fact>
      ))}
      {missing !== null && (
        <Fact label={t("order.amounts.missing")}>
          <span className="text-ui-fg-error">{money(missing, currency)}</span>
        </Fact>
      )}
      {surplus !== null && (
        <Fact label={t("order.amounts.surplus")}>
          <span className="text-ui-tag-orange-text">{money(surplus, currency)}</span>
        </Fact>
      )}
    </>
  )
}

/** What can be done now, in a sentence for each, and the buttons for what can. */
function Abilities({ orderId, payment }: { orderId: string; payment: OrderPayment }) {
  const { t, sentence, money } = useOrderWords()
  const { may } = useAbilities()
  const [move, setMove] = useState<Move>()
  const check = useCheckNow(orderId, payment)
  const { refund, capture, void: voiding } = payment
  const moves = movesOf(payment).filter(({ kind }) => may?.(abilities[kind]) ?? false)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <StrongText>{t("order.now")}</StrongText>
      <ul className="flex flex-col gap-y-2" aria-live="polite">
        {refund && isTold(refund, payment) && <Line>{sentence("refund", refund, payment)}</Line>}
        {capture && capture.reason !== "automatic_capture" && isTold(capture, payment) && (
          <Line>{sentence("capture", capture, payment)}</Line>
        )}
        {voiding && voiding.extent !== "none" && <Line>{sentence("void", voiding, payment)}</Line>}
        {voiding?.reason === "no_voids" && <Line>{sentence("void", voiding, payment)}</Line>}
        {(refund?.without_sending ?? []).map((amount) => (
          <Line key={`refund ${amount}`}>
            {t("order.possible.refund.book", { amount: money(amount, payment.currency_code) })}
          </Line>
        ))}
        {(capture?.without_sending ?? []).map((amount) => (
          <Line key={`capture ${amount}`}>
            {t("order.possible.capture.book", { amount: money(amount, payment.currency_code) })}
          </Line>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {moves.map((one) => (
          <Button key={one.kind} size="small" variant="secondary" onClick={() => setMove(one)}>
            {t(`order.moves.${one.kind}.open`)}
          </Button>
        ))}
        {payment.title !== null && may?.("gateway_payment:check") && (
          <Button
            size="small"
            variant="transparent"
            isLoading={check.isPending}
            onClick={() => void check.run()}
          >
            <ArrowPath aria-hidden />
            {t("order.check.run")}
          </Button>
        )}
      </div>
      {move && (
        <MoveDrawer
          orderId={orderId}
          payment={payment}
          move={move}
          onClose={() => setMove(undefined)}
        />
      )}
    </div>
  )
}

function Line({ children }: { children: string }) {
  return (
    <li>
      <SubtleText>{children}</SubtleText>
    </li>
  )
}

const abilities = {
  refund: "refund:create",
  capture: "capture:create",
  elsewhere: "gateway_payment:refund",
} as const

/** What an unpaid payment can't do goes without saying. */
function isTold({ reason }: NonNullable<OrderPayment["refund"]>, { state }: OrderPayment): boolean {
  const isUnpaid = reason === "not_paid" || reason === "not_reserved" || reason === "no_payment"
  return !isUnpaid || (state === "paid" && reason === "no_payment")
}

function movesOf(payment: OrderPayment): Move[] {
  const { payment_id, refund, capture } = payment
  if (payment_id === null || payment.payment_canceled) {
    return []
  }
  const offers = { payment_id, currency: payment.currency_code }
  return [
    ...(refund && isOffered(refund)
      ? [{ ...offers, kind: "refund" as const, possible: refund }]
      : []),
    ...(capture && isOffered(capture)
      ? [{ ...offers, kind: "capture" as const, possible: capture }]
      : []),
    ...(canBeRecorded(payment)
      ? [{ ...offers, kind: "elsewhere" as const, possible: undefined }]
      : []),
  ]
}

function isOffered({ extent, without_sending }: NonNullable<OrderPayment["refund"]>): boolean {
  return extent !== "none" || without_sending.length > 0
}

/** Something was taken and is not given back; what is under way at the gateway goes first. */
function canBeRecorded({ state, captured, refunded, refund }: OrderPayment): boolean {
  return (
    (state === "paid" || state === "refunded") &&
    Number(captured) > Number(refunded) &&
    refund?.reason !== "under_way"
  )
}

function useCheckNow(orderId: string, payment: OrderPayment) {
  const { t, failure } = useOrderWords()
  const check = useCheck(orderId)
  const gateway = payment.title ?? payment.provider_id
  return {
    isPending: check.isPending,
    run: async () => {
      try {
        const { check: answer } = await check.mutateAsync(payment.reference)
        const state = t(`order.check.states.${answer.state}`)
        toast.success(
          answer.is_asked
            ? t("order.check.asked", { gateway, state })
            : t("order.check.justAsked", { gateway, state })
        )
      } catch (error) {
        toast.error(t("order.check.failed", { gateway }), { description: failure(error) })
      }
    },
  }
}

type Action = NonNullable<OrderPayment["next_action"]>

/** How a payment that is not paid can be paid: its link, QR or code, to be passed on. */
function NextAction({ action, payment }: { action: Action; payment: OrderPayment }) {
  const { t, language } = useOrderWords()
  const gateway = payment.title ?? payment.provider_id
  const expires =
    "expires_at" in action && action.expires_at !== null
      ? t("order.nextAction.until", { time: formatTime(action.expires_at, language) })
      : undefined
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <StrongText>{t(`order.nextAction.${action.type}`, { gateway })}</StrongText>
      {action.type === "redirect" && <ToCopy text={action.url} />}
      {action.type === "pay_code" && <ToCopy text={action.code} isLarge />}
      {action.type === "qr_code" && <Qr value={action.value} label={t("order.nextAction.qr")} />}
      {expires && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {expires}
        </Text>
      )}
    </div>
  )
}

function ToCopy({ text, isLarge = false }: { text: string; isLarge?: boolean }) {
  return (
    <div className="flex min-w-0 items-start gap-x-1">
      <Text size={isLarge ? "large" : "small"} className="min-w-0 break-all">
        {text}
      </Text>
      <Copy content={text} className="text-ui-fg-muted shrink-0" />
    </div>
  )
}

/** Black on white in both themes: a camera has to read it. */
function Qr({ value, label }: { value: string; label: string }) {
  const svg = useMemo(() => qrSvg(value, label), [value, label])
  return <div className="w-40 rounded-md bg-white p-2" dangerouslySetInnerHTML={{ __html: svg }} />
}
