import { Loaded } from "../loaded"
import { Moments } from "../moments"
import { useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useTransferEvents, type TransferDetail, type TransferEvent } from "./api"

/** Every step of a transfer, and what else was done about it: who, why, and in the gateway's own words. */
export function TransferHistory({ transfer }: { transfer: TransferDetail }) {
  return (
    <Loaded answer={useTransferEvents(transfer.id)}>
      {({ events }) => <History transfer={transfer} events={events} />}
    </Loaded>
  )
}

function History({
  transfer: { audit_lines, provider_id },
  events,
}: {
  transfer: TransferDetail
  events: readonly TransferEvent[]
}) {
  const { t, state, person } = usePayoutWords()
  const gateway = useProviderName()(provider_id)
  // Steps of one moment stand in their own order.
  const newestFirst = [...events].sort((a, b) => b.position - a.position)
  const moments = [
    ...newestFirst.map((event) => ({
      key: event.id,
      at: event.created_at,
      what:
        event.from_status === null
          ? t("payouts.history.made", { state: state(event.to_status) })
          : state(event.to_status),
      // What the gateway said is told by its name.
      who: person(event.actor === "gateway" ? gateway : event.actor_name, event.actor),
      note: [event.reason, gatewayWords(event)].filter(Boolean).join(" · "),
    })),
    ...audit_lines.map(({ id, action, actor, actor_name, note, created_at }) => ({
      key: id,
      at: created_at,
      what: t(`payouts.history.actions.${action.replaceAll(/\W+/g, "_")}`, {
        defaultValue: action,
      }),
      who: person(actor === "gateway" ? gateway : actor_name, actor),
      note,
    })),
  ]
  return <Moments title={t("exceptions.history.title")} moments={moments} />
}

/** The gateway's own, unless the reason has it. */
function gatewayWords({ reason, gateway_code, gateway_message }: TransferEvent): string {
  const said = [gateway_code, gateway_message].filter(Boolean).join(": ")
  return reason?.includes(said) ? "" : said
}
