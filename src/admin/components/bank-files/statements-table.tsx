import { Table, Text } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { useBatchWords } from "../batches/words"
import { Loaded } from "../loaded"
import { RowLink } from "../row-link"
import { useStatements } from "./api"

/** The last statements that were imported, and what they settled. */
export function StatementsTable() {
  const { t, language, count, provider, person } = useBatchWords()
  return (
    <Loaded answer={useStatements()} skeleton="h-24">
      {({ statements }) =>
        statements.length === 0 ? (
          <Text size="small" className="text-ui-fg-subtle px-6 py-4">
            {t("statements.empty")}
          </Text>
        ) : (
          <div
            className="overflow-x-auto"
            tabIndex={0}
            role="group"
            aria-label={t("statements.before.all")}
          >
            <Table>
              <caption className="sr-only">{t("statements.before.all")}</caption>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell>{t("imports.columns.file")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("statements.bank")}</Table.HeaderCell>
                  <Table.HeaderCell className="text-right">
                    {t("statements.settled")}
                  </Table.HeaderCell>
                  <Table.HeaderCell>{t("statements.by")}</Table.HeaderCell>
                  <Table.HeaderCell>{t("imports.columns.time")}</Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {statements.map((one) => (
                  <Table.Row key={one.id}>
                    <Table.Cell className="max-w-[240px] truncate">
                      <RowLink to={`?open=${one.id}`}>
                        {one.file_name ?? t("imports.unnamed")}
                      </RowLink>
                    </Table.Cell>
                    <Table.Cell className="whitespace-nowrap">
                      {provider(one.provider_id)}
                    </Table.Cell>
                    <Table.Cell className="text-right">{count(one.settled)}</Table.Cell>
                    <Table.Cell>{person(one.created_by_name, one.created_by)}</Table.Cell>
                    <Table.Cell className="whitespace-nowrap">
                      {formatTime(one.created_at, language)}
                    </Table.Cell>
                  </Table.Row>
                ))}
              </Table.Body>
            </Table>
          </div>
        )
      }
    </Loaded>
  )
}
