using 'main.bicep'

param name = 'shop'
param environment = 'prod'
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param spendFrom = readEnvironmentVariable('SPEND_FROM')
param businessSettings = loadTextContent('business/retention.yaml')
// Real customers get mail from the day this says false.
param sendGridSandbox = bool(readEnvironmentVariable('SENDGRID_SANDBOX', 'true'))
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param maximumInstanceCount = 40
param monthlySpend = 250
param logCapGb = 5
