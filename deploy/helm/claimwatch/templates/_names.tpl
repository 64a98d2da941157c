{{- define "claimwatch.labels" -}}
app.kubernetes.io/name: claimwatch
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
