import { Alert, Button, Table, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { useAskOnce } from "../ask-once"
import { FormEnd } from "../form-fields"
import { ScrollTable } from "../line-table"
import { OwnFieldsFacts } from "../own-fields/own-fields"
import { usePayoutProviders, usePayoutRules, useProviderName } from "../payouts/api"
import { BeneficiaryBadge } from "../payouts/state-badges"
import { usePayoutWords } from "../payouts/words"
import { Loaded } from "../problem"
import { Fact } from "../section"
import {
  type BeneficiaryDetail,
  type BeneficiaryVersion,
  useBeneficiaryVersions,
  useReveal,
  useSaveBeneficiaryFields,
} from "./api"
import { LinkedCustomer } from "./linked-customer"
import { SubtleText } from "../text"

/** Who is paid, where, through which gateway, and who said so. */
export function BeneficiaryFacts({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t, person, by } = usePayoutWords()
  const providerName = useProviderName()
  const { may } = useAbilities()
  const { phone, email, shop_name, account_hint, reason } = beneficiary
  const said = [
    ["shop_name", shop_name],
    ["phone", phone],
    ["email", email],
  ] as const
  return (
    <section className="divide-y">
      <Fact label={t("payouts.columns.state")}>
        <span className="flex flex-col items-start gap-y-1" role="status" aria-live="polite">
          <BeneficiaryBadge state={beneficiary.status} />
          <SubtleText>{t(`beneficiaries.why.${beneficiary.status}`)}</SubtleText>
          {reason !== null && (
            <Text size="small" className="max-w-full break-words">
              {reason}
            </Text>
          )}
        </span>
      </Fact>
      <Fact label={t("payouts.columns.gateway")}>{providerName(beneficiary.provider_id)}</Fact>
      <Fact label={t("beneficiaries.kind")}>{t(`beneficiaries.kinds.${beneficiary.kind}`)}</Fact>
      {said.map(
        ([name, value]) =>
          value !== null && (
            <Fact key={name} label={t(`payouts.fields.${name}`)}>
              {value}
            </Fact>
          )
      )}
      <Fact label={t("payouts.account")}>{account_hint ?? t("payouts.noAccount")}</Fact>
      {account_hint !== null && may?.("payout_beneficiary:reveal") && (
        <RevealAccount key={beneficiary.version_id} beneficiary={beneficiary} />
      )}
      {Object.entries(beneficiary.identity_hints).map(([name, hint]) => (
        <Fact key={name} label={t(`payouts.fields.${name}`, { defaultValue: name })}>
          {hint}
        </Fact>
      ))}
      <LinkedCustomer beneficiary={beneficiary} />
      <OwnFieldsFacts
        fields={beneficiary}
        mayEdit={may?.("payout_beneficiary:update") ?? false}
        save={useSaveBeneficiaryFields(beneficiary.id)}
      />
      <Fact label={t("approvals.signed.madeBy")}>
        {by(beneficiary.created_by_name, beneficiary.created_by, beneficiary.created_at)}
      </Fact>
      {beneficiary.version > 1 && (
        <Fact label={t("beneficiaries.editedBy")}>
          {person(beneficiary.edited_by_name, beneficiary.edited_by)}
        </Fact>
      )}
    </section>
  )
}

/** What has to be known before anybody is paid there: another one has the account, or it was changed lately. */
export function BeneficiaryWarnings({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t, language, beneficiaryState } = usePayoutWords()
  const { data: rules } = usePayoutRules()
  const { same_account, account_changed_at } = beneficiary
  const coolsUntil =
    account_changed_at === null
      ? 0
      : Date.parse(account_changed_at) + (rules?.account_cooling_off_hours ?? 0) * 3_600_000
  return (
    <>
      {same_account.length > 0 && (
        <Alert variant="warning" role="alert">
          {t("beneficiaries.sameAccount.title")} {t("beneficiaries.sameAccount.happens")}{" "}
          {same_account.map(({ id, name, status }) => (
            <Link key={id} className="mr-2 underline" to={`/payouts/beneficiaries/${id}`}>
              {`${name} (${beneficiaryState(status)})`}
            </Link>
          ))}
        </Alert>
      )}
      {coolsUntil > Date.now() && (
        <Alert variant="warning" role="alert">
          {t("beneficiaries.coolsOff", { time: formatTime(new Date(coolsUntil), language) })}
        </Alert>
      )}
    </>
  )
}

/** The account in full, for whoever's role allows it, until they hide it or leave; each look is written down. */
function RevealAccount({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t, field } = usePayoutWords()
  const askOnce = useAskOnce()
  const { data: providers = [] } = usePayoutProviders()
  const { data: account, error, isPending, mutate, reset } = useReveal(beneficiary.id)
  const fields = providers.find(({ id }) => id === beneficiary.provider_id)?.capabilities
    .account_fields

  const reveal = async () => {
    const isSure = await askOnce({
      title: t("beneficiaries.reveal.ask", { name: beneficiary.name }),
      description: t("beneficiaries.reveal.happens"),
      confirm: t("beneficiaries.reveal.show"),
    })
    if (isSure) {
      mutate()
    }
  }

  return (
    <div role="status" aria-live="polite">
      {account ? (
        <>
          {Object.entries(account).map(([name, value]) => (
            <Fact
              key={name}
              label={field(name, fields?.find((one) => one.name === name)?.title ?? name)}
              copies={value}
            >
              <span className="break-all">{value}</span>
            </Fact>
          ))}
          <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
            <SubtleText>{t("beneficiaries.reveal.noted")}</SubtleText>
            <Button size="small" variant="secondary" onClick={reset}>
              {t("beneficiaries.reveal.hide")}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex flex-col items-start gap-y-2 px-6 py-3">
          <Button
            size="small"
            variant="secondary"
            isLoading={isPending}
            onClick={() => void reveal()}
          >
            {t("beneficiaries.reveal.show")}
          </Button>
          <FormEnd error={error} />
        </div>
      )}
    </div>
  )
}

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
