import { Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { isPaidByFile } from "../bank-files/api"
import { OwnFieldsFacts } from "../own-fields/own-fields"
import { useProviderName } from "../payouts/api"
import { StateBadge } from "../payouts/state-badges"
import { usePayoutWords } from "../payouts/words"
import { Loaded } from "../problem"
import { CopyFact, Fact, FactLink, Moments } from "../section"
import {
  type TransferDetail,
  type TransferEvent,
  useSaveTransferFields,
  useTransferEvents,
} from "./api"
import { SubtleText } from "../text"

/**
 * What a transfer is: what was sent, to whom, who made and approved it, and what it belongs to. While it waits, what an
 * approval would sign is shown beside it, and not twice.
 */
export function TransferFacts({ transfer }: { transfer: TransferDetail }) {
  const isWaiting = transfer.status === "awaiting_approval"
  return (
    <section className="divide-y">
      <Standing transfer={transfer} />
      {isWaiting ? <Payee transfer={transfer} /> : <Sent transfer={transfer} />}
      {!isWaiting && <People transfer={transfer} />}
      <References transfer={transfer} />
    </section>
  )
}

function Standing({ transfer }: { transfer: TransferDetail }) {
  const { status, reason, delay_reason, delay_cause, send_at, next_check_at, checks } = transfer
  const { t, language, told } = usePayoutWords()
  const why = useWhy(transfer)
  const isHeld = transfer.same_as_id !== null || transfer.first_payment_to !== null
  // What it looks like, and that it is the first to its account, lies beside it.
  const reasons = [
    status === "awaiting_approval" && isHeld
      ? undefined
      : told(reason, transfer.reason_code, transfer.reason_details),
    delay_cause ? t(`payouts.delay.${delay_cause}`) : (delay_reason ?? undefined),
  ]
  return (
    <>
      <Fact label={t("payouts.columns.state")}>
        <span className="flex flex-col items-start gap-y-1" role="status" aria-live="polite">
          <StateBadge state={status} />
          <SubtleText>{why}</SubtleText>
          {reasons.map(
            (words) =>
              words !== undefined && (
                <Text key={words} size="small" className="max-w-full break-words">
                  {words}
                </Text>
              )
          )}
        </span>
      </Fact>
      {send_at !== null && (
        <Fact label={t("payouts.notBefore")}>{formatTime(send_at, language)}</Fact>
      )}
      {next_check_at !== null && (
        <Fact label={t(status === "approved" ? "payouts.sentNext" : "payouts.askedNext")}>
          {checks > 0
            ? t("payouts.askedBefore", { time: formatTime(next_check_at, language), count: checks })
            : formatTime(next_check_at, language)}
        </Fact>
      )}
    </>
  )
}

/** States that may stand on a person's word, or on a statement that a person imported. */
const onWord = ["succeeded", "failed", "returned"] as const
/** Those that mean something else where a bank pays by a file. */
const byFile = ["approved", "processing"] as const

/** What its state means, by who can say so: the gateway, a bank or a person. */
function useWhy({ status, resolved_by, provider_id }: TransferDetail): string {
  const { t } = usePayoutWords()
  const ofPerson = resolved_by === null ? undefined : onWord.find((state) => state === status)
  const ofFile = isPaidByFile(provider_id) ? byFile.find((state) => state === status) : undefined
  if (ofPerson) {
    return t(`payouts.onWord.${ofPerson}`)
  }
  return ofFile ? t(`payouts.whyByFile.${ofFile}`) : t(`payouts.why.${status}`)
}

function Sent({ transfer }: { transfer: TransferDetail }) {
  const { t, money } = usePayoutWords()
  const providerName = useProviderName()
  const { raw_gateway_fee, currency_code } = transfer
  return (
    <>
      <Fact label={t("payouts.columns.amount")}>
        <span className="font-medium">{money(transfer.raw_amount.value, currency_code)}</span>
      </Fact>
      {raw_gateway_fee !== null && (
        <Fact label={t("payouts.fee")}>{money(raw_gateway_fee.value, currency_code)}</Fact>
      )}
      <Payee transfer={transfer} />
      <Fact label={t("payouts.account")}>{transfer.account_hint ?? t("payouts.noAccount")}</Fact>
      <Fact label={t("payouts.columns.purpose")}>{transfer.purpose}</Fact>
      <Fact label={t("payouts.columns.gateway")}>{providerName(transfer.provider_id)}</Fact>
    </>
  )
}

/** As the version says that is paid. */
function Payee({
  transfer: { beneficiary, beneficiary_id, beneficiary_name },
}: {
  transfer: TransferDetail
}) {
  const { t } = usePayoutWords()
  return (
    <Fact label={t("payouts.columns.payee")}>
      <FactLink to={`/payouts/beneficiaries/${beneficiary_id}`}>{beneficiary_name}</FactLink>
      {beneficiary && (
        <span className="text-ui-fg-subtle block">
          {[
            beneficiary.shop_name,
            beneficiary.phone,
            beneficiary.email,
            t("payouts.version", { version: beneficiary.version }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      )}
    </Fact>
  )
}

function People({ transfer }: { transfer: TransferDetail }) {
  const { t, language, person, by } = usePayoutWords()
  const { created_by, approved_by, approved_at, resolved_by } = transfer
  return (
    <>
      <Fact label={t("approvals.signed.madeBy")}>
        {by(transfer.created_by_name, created_by, transfer.created_at)}
      </Fact>
      {approved_by !== null && approved_at !== null && (
        <Fact label={t("payouts.approvedBy")}>
          {by(transfer.approved_by_name, approved_by, approved_at)}
        </Fact>
      )}
      {transfer.submitted_at !== null && (
        <Fact label={t("payouts.sentAt")}>{formatTime(transfer.submitted_at, language)}</Fact>
      )}
      {resolved_by !== null && (
        <Fact label={t("payouts.onTheWordOf")}>
          {person(transfer.resolved_by_name, resolved_by)}
        </Fact>
      )}
    </>
  )
}

function References({ transfer }: { transfer: TransferDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const { reference, gateway_id } = transfer
  return (
    <>
      <CopyFact label={t("payments.ourReference")} value={reference} />
      {gateway_id !== null && <CopyFact label={t("payments.theirReference")} value={gateway_id} />}
      <OwnFieldsFacts
        fields={transfer}
        mayEdit={may?.("payout_transfer:update") ?? false}
        save={useSaveTransferFields(transfer.id)}
      />
      <Related transfer={transfer} />
    </>
  )
}

/** What it was made of, and other transfers that it has to do with. */
function Related({
  transfer: { same_as_id, retry_of_id, batch_id, import_id, file_id },
}: {
  transfer: TransferDetail
}) {
  const { t } = usePayoutWords()
  const links = [
    ["looksLike", same_as_id && `/payouts/${same_as_id}`],
    ["triesAgain", retry_of_id && `/payouts/${retry_of_id}`],
    ["ofBatch", batch_id && `/payouts/batches/${batch_id}`],
    ["ofFile", import_id && `/payouts/imports/${import_id}`],
    ["ofBankFile", file_id && `/payouts/files/${file_id}`],
  ] as const
  return (
    <>
      {links.map(
        ([name, to]) =>
          to && (
            <Fact key={name} label={t(`payouts.related.${name}.label`)}>
              <FactLink to={to}>{t(`payouts.related.${name}.link`)}</FactLink>
            </Fact>
          )
      )}
    </>
  )
}

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
  const { t, state, person, told } = usePayoutWords()
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
      note: [told(event.reason, event.reason_code, event.reason_details), gatewayWords(event)]
        .filter(Boolean)
        .join(" · "),
    })),
    ...audit_lines.map(({ id, action, actor, actor_name, created_at, ...line }) => ({
      key: id,
      at: created_at,
      what: t(`payouts.history.actions.${action.replaceAll(/\W+/g, "_")}`, {
        defaultValue: action,
      }),
      who: person(actor === "gateway" ? gateway : actor_name, actor),
      note: told(line.note, line.note_code, line.note_details),
    })),
  ]
  return <Moments title={t("exceptions.history.title")} moments={moments} />
}

/** The gateway's own, unless the reason has it. */
function gatewayWords({ reason, gateway_code, gateway_message }: TransferEvent): string {
  const said = [gateway_code, gateway_message].filter(Boolean).join(": ")
  return reason?.includes(said) ? "" : said
}
