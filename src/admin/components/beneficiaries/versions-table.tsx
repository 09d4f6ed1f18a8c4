import { Table } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { Loaded } from "../loaded"
import { usePayoutProviders } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { ScrollTable } from "../scroll-table"
import { useBeneficiaryVersions, type BeneficiaryDetail, type BeneficiaryVersion } from "./api"

/** What it said at each time, the newest first: who changed which field, and when; accounts by their last places. */
export function VersionsTable({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  return (
    <Loaded answer={useBeneficiaryVersions(beneficiary.id)}>
      {({ versions }) => <Versions beneficiary={beneficiary} versions={versions} />}
    </Loaded>
  )
}

function Versions({
  beneficiary,
  versions,
}: {
  beneficiary: BeneficiaryDetail
  versions: readonly BeneficiaryVersion[]
}) {
  const { t, language, person } = usePayoutWords()
  const fieldNames = useFieldNames(beneficiary.provider_id)
  const columns = ["version", "who", "when", "changed", "name", "account", "phone", "email"]
  return (
    <ScrollTable
      title={t("beneficiaries.versions.title")}
      columns={columns.map((column) => ({ label: t(`beneficiaries.versions.${column}`) }))}
    >
      {versions.map((version) => (
        <Table.Row key={version.id}>
          <Table.Cell>{version.version}</Table.Cell>
          <Table.Cell className="whitespace-nowrap">
            {person(version.edited_by_name, version.edited_by)}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap">
            {formatTime(version.created_at, language)}
          </Table.Cell>
          <Table.Cell className="min-w-[140px]">
            {version.version === 1
              ? t("beneficiaries.versions.first")
              : version.changed_fields.map(fieldNames).join(", ") ||
                t("beneficiaries.versions.nothing")}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap">{version.name}</Table.Cell>
          <Table.Cell className="whitespace-nowrap">{version.account_hint}</Table.Cell>
          <Table.Cell className="whitespace-nowrap">{version.phone}</Table.Cell>
          <Table.Cell className="whitespace-nowrap">{version.email}</Table.Cell>
        </Table.Row>
      ))}
    </ScrollTable>
  )
}

/** Such as `account.bank_code`, as the form calls it. */
function useFieldNames(providerId: string): (name: string) => string {
  const { field } = usePayoutWords()
  const { data: providers = [] } = usePayoutProviders()
  const known = providers.find(({ id }) => id === providerId)?.capabilities.account_fields ?? []
  return (name) => {
    const bare = name.replace(/^account\./, "")
    return field(bare, known.find((one) => one.name === bare)?.title ?? bare)
  }
}
