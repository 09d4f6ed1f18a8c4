import { Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import type { OrderPayments, TimelineEntry } from "./api"
import { useOrderWords } from "./words"
import { StrongText, SubtleText } from "../text"

const shownAtFirst = 6

/** What happened to the payments of an order, or to one of them, the newest first. */
export function Timeline({
  order,
}: {
  order: Pick<OrderPayments, "timeline"> & { payments: readonly Named[] }
}) {
  const { t } = useOrderWords()
  const [showsAll, setShowsAll] = useState(false)
  const { timeline, payments } = order
  if (timeline.length === 0) {
    return null
  }
  const shown = showsAll ? timeline : timeline.slice(0, shownAtFirst)
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("exceptions.history.title")}>
      <StrongText>{t("exceptions.history.title")}</StrongText>
      <ol className="flex flex-col gap-y-3">
        {shown.map((entry) => (
          <Entry
            key={`${entry.type} ${entry.id}`}
            entry={entry}
            // Which payment it is about, where there are several.
            gateway={payments.length > 1 ? gatewayOf(order, entry) : undefined}
          />
        ))}
      </ol>
      {timeline.length > shownAtFirst && (
        <div>
          <Button
            size="small"
            variant="transparent"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll
              ? t("order.timeline.less")
              : t("order.timeline.all", { count: timeline.length })}
          </Button>
        </div>
      )}
    </section>
  )
}

type Named = Pick<OrderPayments["payments"][number], "reference" | "title" | "provider_id">

function gatewayOf(
  { payments }: { payments: readonly Named[] },
  { reference }: TimelineEntry
): string | undefined {
  const payment = payments.find((one) => one.reference === reference)
  return payment && `${payment.title ?? payment.provider_id} ${payment.reference.slice(-4)}`
}

function Entry({ entry, gateway }: { entry: TimelineEntry; gateway: string | undefined }) {
  const { t, language } = useOrderWords()
  const { what, note } = useTold(entry)
  return (
    <li className="border-ui-border-strong border-l-2 pl-3">
      <Text size="small" leading="compact" className="break-words">
        {what}
      </Text>
      {note && <SubtleText className="break-words">{note}</SubtleText>}
      <Where entry={entry} />
      <Text size="xsmall" className="text-ui-fg-subtle">
        {[formatTime(entry.at, language), gateway].filter(Boolean).join(" · ")}
        {entry.type === "question" &&
          entry.times > 1 &&
          ` · ${t("order.timeline.since", { time: formatTime(entry.first_at, language) })}`}
      </Text>
    </li>
  )
}

/** To where it is decided about. */
function Where({ entry }: { entry: TimelineEntry }) {
  const { t } = useOrderWords()
  const { may } = useAbilities()
  if (entry.type === "exception" && entry.state === "open") {
    return (
      <Link
        className="text-ui-fg-interactive txt-compact-small"
        to={`/payments-that-need-you?open=${entry.exception_id}`}
      >
        {t("order.decide")}
      </Link>
    )
  }
  if (entry.type === "message" && entry.state === "dead" && may?.("gateway_payment:replay")) {
    return (
      <Link
        className="text-ui-fg-interactive txt-compact-small"
        to={`/payments-that-need-you/messages?open=${entry.id}`}
      >
        {t("order.timeline.replay")}
      </Link>
    )
  }
  return null
}

function useTold(entry: TimelineEntry): { what: string; note?: string } {
  const { t, money } = useOrderWords()
  switch (entry.type) {
    case "opened":
      return {
        what: t("order.timeline.opened", { amount: money(entry.amount, entry.currency_code) }),
      }
    case "message":
      return {
        what: t(entry.is_proven ? "order.timeline.message" : "order.timeline.unsignedMessage", {
          status: entry.raw_status,
          state: t(`webhooks.states.${entry.state}`),
        }),
        note: entry.error ?? undefined,
      }
    case "question":
      return {
        what: t(
          entry.state === "unanswered" ? "order.timeline.unanswered" : "order.timeline.question",
          { count: entry.times, state: t(`order.check.states.${entry.state}`) }
        ),
        note: entry.raw_status ?? undefined,
      }
    case "operation":
      return {
        what: t(`exceptions.history.operations.${entry.kind}`, {
          amount: money(entry.amount, entry.currency_code),
          state: entry.made_elsewhere
            ? t("order.timeline.madeElsewhere")
            : t(`exceptions.history.operationStates.${entry.state}`),
        }),
        note: [entry.gateway_code, entry.gateway_message].filter(Boolean).join(": ") || undefined,
      }
    case "money":
      return {
        what: t("exceptions.history.received", {
          amount: money(entry.amount, entry.currency_code),
        }),
        note: entry.gateway_id === entry.reference ? undefined : entry.gateway_id,
      }
    case "exception":
      return {
        what: t("order.timeline.exception", {
          kind: t(`exceptions.kinds.${entry.kind}`),
          amount: money(entry.amount, entry.currency_code),
          state: t(`exceptions.states.${entry.state}`),
        }),
      }
    case "action":
      return {
        what: t("order.timeline.by", {
          action: t(`order.actions.${entry.action.replaceAll(" ", "_")}`, {
            defaultValue: entry.action,
          }),
          name:
            entry.actor_name ?? (entry.actor === "system" ? t("exceptions.theShop") : entry.actor),
        }),
        note: entry.note ?? undefined,
      }
  }
}
