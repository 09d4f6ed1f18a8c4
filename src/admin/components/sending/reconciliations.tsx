import { StatusBadge, Table } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { LineTable, ScrollTable } from "../line-table"
import { Loaded } from "../problem"
import { useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { RowLink } from "../list-table"
import { useReconciliations, type Reconciliation } from "./api"
import { SubtleText } from "../text"

const counts = ["asked", "agreed", "settled", "open", "unanswered", "different"] as const

/** The last days on which what was sent was held against the gateways' answers, and what differed. */
export function Reconciliations() {
  const { t } = usePayoutWords()
  return (
    <Loaded answer={useReconciliations()} skeleton="h-24">
      {(runs) =>
        runs.length === 0 ? (
          <SubtleText className="px-6 py-4">{t("payoutReconciliation.empty")}</SubtleText>
        ) : (
          <>
            <Runs runs={runs} />
            <Differences runs={runs} />
          </>
        )
      }
    </Loaded>
  )
}

function Runs({ runs }: { runs: readonly Reconciliation[] }) {
  const { t, language } = usePayoutWords()
  return (
    <ScrollTable
      title={t("payoutReconciliation.title")}
      columns={[
        { label: t("payoutReconciliation.day") },
        { label: t("payoutReconciliation.ended") },
        ...counts.map((count) => ({
          label: t(`payoutReconciliation.counts.${count}`),
          isNumber: true,
        })),
      ]}
    >
      {runs.map(({ id, day, ended_at, outcome }) => (
        <Table.Row key={id}>
          <Table.Cell className="whitespace-nowrap">{day}</Table.Cell>
          <Table.Cell className="whitespace-nowrap">
            {ended_at === null ? (
              <StatusBadge color="blue">{t("payoutReconciliation.underWay")}</StatusBadge>
            ) : (
              formatTime(ended_at, language)
            )}
          </Table.Cell>
          {counts.map((count) => (
            <Table.Cell
              key={count}
              className={
                count === "different" && outcome && outcome.different > 0
                  ? "text-ui-fg-error text-right font-medium"
                  : "text-right"
              }
            >
              {outcome?.[count]}
            </Table.Cell>
          ))}
        </Table.Row>
      ))}
    </ScrollTable>
  )
}

function Differences({ runs }: { runs: readonly Reconciliation[] }) {
  const { t, money } = usePayoutWords()
  const providerName = useProviderName()
  return (
    <LineTable
      title={t("payoutReconciliation.differences")}
      said={runs.flatMap(({ day, outcome }) =>
        (outcome?.differences ?? []).map((one) => ({
          line: null,
          what: (
            <>
              <RowLink to={`/payouts/${one.transfer_id}`}>{one.reference}</RowLink>
              {[day, providerName(one.provider_id), money(one.amount, one.currency_code)].join(
                " · "
              )}
              <span className="text-ui-fg-subtle block">
                {t(`payoutReconciliation.codes.${one.code}`)}
              </span>
              <span className="text-ui-fg-subtle block">{one.what}</span>
            </>
          ),
        }))
      )}
    />
  )
}
