import { formatTime } from "../../lib/format"
import { useBatchWords } from "../batches/words"
import { Fact } from "../fact"
import { LineTable } from "../line-table"
import { Loaded } from "../loaded"
import { RowLink } from "../row-link"
import { SideDrawer } from "../side-drawer"
import { useStatement, type StatementDetail } from "./api"
import { toldLines } from "./told-lines"

/** What a statement settled, what it showed once more, and what of it has to be looked into: right after its import, and later. */
export function StatementDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useBatchWords()
  return (
    <SideDrawer title={t("statements.one")} onClose={onClose}>
      <Loaded answer={useStatement(id)} skeleton="h-64">
        {(statement) => (
          <>
            <Facts statement={statement} />
            <Lines statement={statement} />
          </>
        )}
      </Loaded>
    </SideDrawer>
  )
}

function Facts({ statement }: { statement: StatementDetail }) {
  const { t, language, count, provider, person } = useBatchWords()
  return (
    <section className="divide-y" role="status" aria-live="polite">
      <Fact label={t("imports.columns.file")}>{statement.file_name ?? t("imports.unnamed")}</Fact>
      <Fact label={t("statements.bank")}>{provider(statement.provider_id)}</Fact>
      <Fact label={t("statements.by")}>
        {person(statement.created_by_name, statement.created_by)}
      </Fact>
      <Fact label={t("imports.columns.time")}>{formatTime(statement.created_at, language)}</Fact>
      {statement.bank_ids.length > 0 && (
        <Fact label={t("statements.bankIds")}>
          <span className="break-all">{statement.bank_ids.join(", ")}</span>
        </Fact>
      )}
      <Fact label={t("statements.settled")}>{count(statement.settled)}</Fact>
      <Fact label={t("statements.told")}>{count(statement.told.length)}</Fact>
      <Fact label={t("statements.known")}>{count(statement.known)}</Fact>
      <Fact label={t("statements.others")}>{count(statement.others)}</Fact>
    </section>
  )
}

function Lines({ statement: { told, bookings } }: { statement: StatementDetail }) {
  const words = useBatchWords()
  const { t, money } = words
  const shown = (kind: StatementDetail["bookings"][number]["kind"]) =>
    bookings
      .filter((one) => one.kind === kind)
      .map((one) => ({
        line: one.position,
        what: (
          <>
            <RowLink to={`/payouts/${one.transfer_id}`}>{one.reference ?? one.transfer_id}</RowLink>
            {[
              one.beneficiary_name,
              one.raw_amount && one.currency_code && money(one.raw_amount.value, one.currency_code),
              one.booked_on && t("statements.bookedOn", { day: one.booked_on }),
              one.bank_reference,
            ]
              .filter(Boolean)
              .join(" · ")}
          </>
        ),
      }))
  return (
    <>
      <LineTable title={t("statements.told")} said={toldLines(told, words)} />
      <LineTable title={t("statements.settled")} said={shown("settled")} />
      <LineTable title={t("statements.known")} said={shown("known")} />
    </>
  )
}
