import { Table } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { useBatchWords } from "../batches/words"
import { LineTable, ScrollTable } from "../line-table"
import { RowLink } from "../list-table"
import { Loaded } from "../problem"
import { Fact } from "../section"
import { SideDrawer } from "../side-drawer"
import { type StatementCheck, type StatementDetail, useStatement, useStatements } from "./api"
import { SubtleText } from "../text"

/** The last statements that were imported, and what they settled. */
export function StatementsTable() {
  const { t, language, count, provider, person } = useBatchWords()
  return (
    <Loaded answer={useStatements()} skeleton="h-24">
      {({ statements }) =>
        statements.length === 0 ? (
          <SubtleText className="px-6 py-4">{t("statements.empty")}</SubtleText>
        ) : (
          <ScrollTable
            title={t("statements.before.all")}
            columns={[
              { label: t("imports.columns.file") },
              { label: t("statements.bank") },
              { label: t("statements.settled"), isNumber: true },
              { label: t("statements.by") },
              { label: t("imports.columns.time") },
            ]}
          >
            {statements.map((one) => (
              <Table.Row key={one.id}>
                <Table.Cell className="max-w-[240px] truncate">
                  <RowLink to={`?open=${one.id}`}>{one.file_name ?? t("imports.unnamed")}</RowLink>
                </Table.Cell>
                <Table.Cell className="whitespace-nowrap">{provider(one.provider_id)}</Table.Cell>
                <Table.Cell className="text-right">{count(one.settled)}</Table.Cell>
                <Table.Cell>{person(one.created_by_name, one.created_by)}</Table.Cell>
                <Table.Cell className="whitespace-nowrap">
                  {formatTime(one.created_at, language)}
                </Table.Cell>
              </Table.Row>
            ))}
          </ScrollTable>
        )
      }
    </Loaded>
  )
}

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

/** What of a statement has to be looked into, for a table of its lines. */
export function toldLines(
  told: StatementCheck["told"],
  { t }: Pick<ReturnType<typeof useBatchWords>, "t">
) {
  return told.map(({ kind, position, reference, transfer_id, message }) => ({
    line: position,
    what: (
      <>
        {t(`statements.kinds.${kind}`)} ·{" "}
        {transfer_id === null ? (
          reference
        ) : (
          <RowLink to={`/payouts/${transfer_id}`}>{reference}</RowLink>
        )}
        <span className="text-ui-fg-subtle block">{t(`statements.explained.${kind}`)}</span>
        <span className="text-ui-fg-subtle block">{message}</span>
      </>
    ),
  }))
}
