// What somebody is woken for. Each rule's query is a file in ../alerts; infra/OPERATIONS.md says what to do when it fires.
param base string
param location string
param tags object
param alertEmail string
param enabled bool
param workspaceId string
param busId string
param storageId string
param monthlySpend int
param spendFrom string
param dailySendsLimit int

// severity: 0 drop everything, 1 today, 2 this week. Each query returns one row for each thing that is wrong; any row fires.
// lookBack: how far the query may see; a rule can see two days at most.
var rules = [
  {
    name: 'timers-silent'
    about: 'A timer has not finished a run for longer than its schedule allows.'
    severity: 1
    every: 'PT15M'
    lookBack: 'P2D'
    query: loadTextContent('../alerts/timers-silent.kql')
  }
  {
    name: 'due-work-waits'
    about: 'Reviews that fell due two days ago or earlier are not done: no customer is being found.'
    severity: 1
    every: 'PT30M'
    lookBack: 'PT1H'
    query: loadTextContent('../alerts/due-work-waits.kql')
  }
  {
    name: 'unknowns-rising'
    about: 'More messages than six hours ago may or may not have been sent.'
    severity: 1
    every: 'PT30M'
    lookBack: 'PT12H'
    query: loadTextContent('../alerts/unknowns-rising.kql')
  }
  {
    name: 'unconfirmed'
    about: 'Nothing was heard for 72 hours of more than 2 % of what was sent: is the webhook still on?'
    severity: 2
    every: 'PT6H'
    lookBack: 'P1D'
    query: loadTextContent('../alerts/unconfirmed.kql')
  }
  {
    name: 'no-delivery-events'
    about: 'Messages were accepted and no delivery event came back for six hours.'
    severity: 1
    every: 'PT1H'
    lookBack: 'PT12H'
    query: loadTextContent('../alerts/no-delivery-events.kql')
  }
  {
    name: 'complaint-rate'
    about: 'A campaign draws complaints from more than 1 in 1,000 delivered messages of a day.'
    severity: 0
    every: 'PT1H'
    lookBack: 'P1D'
    query: loadTextContent('../alerts/complaint-rate.kql')
  }
  {
    name: 'bounce-rate'
    about: 'More than 3 % of a campaign day comes back.'
    severity: 1
    every: 'PT1H'
    lookBack: 'P1D'
    query: loadTextContent('../alerts/bounce-rate.kql')
  }
  {
    name: 'breaker-open'
    about: 'Sending has stopped by itself: key, sender address or account.'
    severity: 1
    every: 'PT5M'
    lookBack: 'PT20M'
    query: loadTextContent('../alerts/breaker-open.kql')
  }
  {
    name: 'webhook-refusals'
    about: 'Requests to a webhook fail their signature: a rotated key, or somebody else.'
    severity: 2
    every: 'PT15M'
    lookBack: 'PT30M'
    query: loadTextContent('../alerts/webhook-refusals.kql')
  }
  {
    name: 'queue-age'
    about: 'Messages wait in a queue for more than 30 minutes.'
    severity: 2
    every: 'PT15M'
    lookBack: 'PT30M'
    query: loadTextContent('../alerts/queue-age.kql')
  }
  {
    name: 'functions-fail'
    about: 'More than one in twenty calls of a function fail.'
    severity: 1
    every: 'PT15M'
    lookBack: 'PT30M'
    query: loadTextContent('../alerts/functions-fail.kql')
  }
  {
    name: 'sends-above-band'
    about: 'More messages were accepted in a day than this shop ever means to send.'
    severity: 0
    every: 'PT15M'
    lookBack: 'P1D'
    query: replace(loadTextContent('../alerts/sends-above-band.kql'), '{limit}', string(dailySendsLimit))
  }
  {
    name: 'log-cap'
    about: 'Log Analytics takes no more today: from here on nobody sees anything.'
    severity: 1
    every: 'PT30M'
    lookBack: 'PT1H'
    query: loadTextContent('../alerts/log-cap.kql')
  }
]

resource told 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${base}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'retention'
    enabled: true
    emailReceivers: [
      {
        name: 'ops'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for one in rules: {
  name: '${one.name}-${base}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Retention: ${one.name}'
    description: one.about
    enabled: enabled
    severity: one.severity
    scopes: [
      workspaceId
    ]
    evaluationFrequency: one.every
    windowSize: one.every
    overrideQueryTimeRange: one.lookBack
    autoMitigate: true
    // The tables do not exist before the app has said its first word.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: one.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        told.id
      ]
    }
  }
}]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'dead-letters-${base}'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message was put aside for a person.'
    enabled: enabled
    severity: 2
    scopes: [
      busId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: told.id
      }
    ]
  }
}

resource throttled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'tables-throttled-${base}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Table Storage answers "server busy".'
    enabled: enabled
    severity: 2
    scopes: [
      '${storageId}/tableServices/default'
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts/tableServices'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ServerBusyError'
                'ServerTimeoutError'
              ]
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 100
        }
      ]
    }
    actions: [
      {
        actionGroupId: told.id
      }
    ]
  }
}

resource spend 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'budget-${base}'
  properties: {
    category: 'Cost'
    amount: monthlySpend
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: spendFrom
    }
    notifications: {
      expected: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [
          alertEmail
        ]
        contactGroups: [
          told.id
        ]
      }
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [
          alertEmail
        ]
        contactGroups: [
          told.id
        ]
      }
    }
  }
}
