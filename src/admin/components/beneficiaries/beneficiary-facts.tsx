import { Alert, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { Fact } from "../fact"
import { OwnFieldsFacts } from "../own-fields/own-fields"
import { usePayoutRules, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useSaveBeneficiaryFields, type BeneficiaryDetail } from "./api"
import { LinkedCustomer } from "./linked-customer"
import { RevealAccount } from "./reveal-account"
import { BeneficiaryBadge } from "./state-badge"

/** Who is paid, where, through which gateway, and who said so. */
export function BeneficiaryFacts({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t, language, person } = usePayoutWords()
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
          <Text size="small" className="text-ui-fg-subtle">
            {t(`beneficiaries.why.${beneficiary.status}`)}
          </Text>
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
        {t("approvals.signed.by", {
          name: person(beneficiary.created_by_name, beneficiary.created_by),
          time: formatTime(beneficiary.created_at, language),
        })}
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
