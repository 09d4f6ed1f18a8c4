import { Table } from "@medusajs/ui"
import { formatAge, formatTime } from "../../lib/format"
import type { Batch } from "../batches/api"
import { useBatchWords } from "../batches/words"
import { RowLink } from "../row-link"
import { Section } from "../section"
import { useApprovals } from "./api"

/** Batches of which something waits for an approval, what waits longest first; nothing where there are none. */
export function WaitingBatches() {
  const { t } = useBatchWords()
  const { data } = useApprovals({ limit: 1, fields: "id" })
  const batches = data?.batches ?? []
  if (batches.length === 0) {
    return null
  }
  const title = t("approvals.batches")
  return (
    <Section title={title} subtitle={t("approvals.batchesSubtitle")}>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
        <Table>
          <caption className="sr-only">{title}</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>{t("batches.columns.name")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">
                {t("batches.columns.count")}
              </Table.HeaderCell>
              <Table.HeaderCell>{t("batches.columns.sums")}</Table.HeaderCell>
              <Table.HeaderCell>{t("approvals.signed.madeBy")}</Table.HeaderCell>
              <Table.HeaderCell>{t("batches.columns.time")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {batches.map((batch) => (
              <Line key={batch.id} batch={batch} />
            ))}
          </Table.Body>
        </Table>
      </div>
    </Section>
  )
}

function Line({ batch }: { batch: Batch }) {
  const words = useBatchWords()
  const said = words.said(batch.waiting)
  return (
    <Table.Row>
      <Table.Cell className="max-w-[240px]">
        <RowLink to={`/payouts/batches/${batch.id}`}>{words.name(batch)}</RowLink>
      </Table.Cell>
      <Table.Cell className="text-right">{said.number}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">{said.sums}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {words.person(batch.created_by_name, batch.created_by)}
      </Table.Cell>
      <Table.Cell
        className="whitespace-nowrap"
        title={formatTime(batch.created_at, words.language)}
      >
        {formatAge(batch.created_at, words.language)}
      </Table.Cell>
    </Table.Row>
  )
}
