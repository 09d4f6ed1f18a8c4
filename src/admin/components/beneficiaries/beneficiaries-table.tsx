import { createDataTableColumnHelper, createDataTableFilterHelper, Text } from "@medusajs/ui"
import { useMemo, type ReactNode } from "react"
import { useNavigate } from "react-router-dom"
import { useDateFilter, useTableState } from "../../lib/table-state"
import { formatDate, formatTime } from "../../lib/format"
import { ListTable, RowLink, severalOf, sortedBy } from "../list-table"
import { usePayoutProviders, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useBeneficiaries, type Beneficiary } from "./api"
import { BeneficiaryBadge } from "../payouts/state-badges"
import { beneficiaryStates } from "../payouts/states"

const filterIds = ["status", "provider_id", "kind", "created_at"]
const column = createDataTableColumnHelper<Beneficiary>()
const filter = createDataTableFilterHelper<Beneficiary>()

/** Who can be paid; a click opens one. */
export function BeneficiariesTable({ actions }: { actions: ReactNode }) {
  const { t } = usePayoutWords()
  const navigate = useNavigate()
  const table = useTableState(filterIds)
  const { data, isLoading, error, refetch } = useBeneficiaries(table.query)
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.beneficiaries, count: data?.count, isLoading, error, refetch }}
      columns={useColumns()}
      filters={useFilters()}
      onOpen={({ id }) => navigate(`/payouts/beneficiaries/${id}`)}
      heading={t("beneficiaries.title")}
      description={t("beneficiaries.subtitle")}
      searchLabel={t("beneficiaries.search")}
      empty={(word) =>
        t(word.startsWith("filtered") ? `payouts.empty.${word}` : `beneficiaries.empty.${word}`)
      }
      actions={actions}
    />
  )
}

function useColumns() {
  const { t, language } = usePayoutWords()
  const providerName = useProviderName()
  const { data } = usePayoutProviders()
  return useMemo(
    () => [
      column.accessor("name", {
        ...sortedBy(t("payouts.fields.name")),
        cell: ({ row: { original } }) => <Name beneficiary={original} />,
      }),
      column.accessor("account_hint", {
        header: t("payouts.account"),
        cell: ({ getValue }) => getValue() ?? t("payouts.noAccount"),
      }),
      column.accessor("provider_id", {
        header: t("payouts.columns.gateway"),
        cell: ({ getValue }) => providerName(getValue()),
      }),
      column.accessor("status", {
        header: t("payouts.columns.state"),
        cell: ({ getValue }) => <BeneficiaryBadge state={getValue()} />,
      }),
      column.accessor("kind", {
        header: t("beneficiaries.kind"),
        cell: ({ getValue }) => t(`beneficiaries.kinds.${getValue()}`),
      }),
      column.accessor("updated_at", {
        ...sortedBy(t("beneficiaries.changed")),
        cell: ({ getValue }) => (
          <span className="whitespace-nowrap" title={formatTime(getValue(), language)}>
            {formatDate(getValue(), language)}
          </span>
        ),
      }),
    ],
    [language, data]
  )
}

/** The way to the beneficiary without a mouse, and how people know them besides. */
function Name({
  beneficiary: { id, name, shop_name, email, external_id },
}: {
  beneficiary: Beneficiary
}) {
  return (
    <div className="flex max-w-[280px] flex-col py-1">
      <RowLink to={`/payouts/beneficiaries/${id}`}>{name}</RowLink>
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle truncate">
        {[shop_name, email, external_id].filter(Boolean).join(" · ")}
      </Text>
    </div>
  )
}

function useFilters() {
  const { t, language, beneficiaryState } = usePayoutWords()
  const providerName = useProviderName()
  const date = useDateFilter()
  const { data: providers = [] } = usePayoutProviders()
  return useMemo(
    () => [
      filter.accessor("status", {
        ...severalOf(t("payouts.columns.state"), beneficiaryStates, beneficiaryState),
        searchable: false,
      }),
      filter.accessor("provider_id", {
        ...severalOf(
          t("payouts.columns.gateway"),
          providers.map(({ id }) => id),
          providerName
        ),
        searchable: false,
      }),
      filter.accessor("kind", {
        type: "select",
        label: t("beneficiaries.kind"),
        options: (["person", "business"] as const).map((value) => ({
          label: t(`beneficiaries.kinds.${value}`),
          value,
        })),
      }),
      filter.accessor("created_at", { ...date, label: t("payouts.columns.made") }),
    ],
    [language, providers]
  )
}
