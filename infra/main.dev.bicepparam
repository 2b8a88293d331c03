using 'main.bicep'

param name = 'shop'
param environment = 'dev'
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param spendFrom = readEnvironmentVariable('SPEND_FROM')
param businessSettings = loadTextContent('business/retention.yaml')
param sendGridSandbox = true
param maximumInstanceCount = 4
param monthlySpend = 25
param logDays = 30
