// Renders the templates of a Helm chart with the few functions that ours use, since helm is not in
// Debian: go run main.go CHART VALUES.json > all.yaml
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	text, err := os.ReadFile(os.Args[2])
	check(err)
	var data map[string]any // {"Values": …, "Chart": …, "Release": …}
	check(json.Unmarshal(text, &data))
	all := template.New("").Option("missingkey=error")
	indent := func(spaces int, text string) string {
		return "\n" + strings.Repeat(" ", spaces) +
			strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", spaces))
	}
	all.Funcs(template.FuncMap{
		"include": func(name string, data any) (string, error) {
			var out strings.Builder
			err := all.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"nindent": indent,
		"fail":    func(why string) (string, error) { return "", errors.New(why) },
		"quote":   func(value any) string { return fmt.Sprintf("%q", fmt.Sprint(value)) },
		"add":     func(a, b any) int { return number(a) + number(b) },
		"default": func(otherwise, value any) any {
			if value == nil || value == "" {
				return otherwise
			}
			return value
		},
		"toYaml": func(value any) (string, error) { // JSON is YAML.
			text, err := json.Marshal(value)
			return string(text), err
		},
	})
	files, err := filepath.Glob(filepath.Join(os.Args[1], "templates", "*"))
	check(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		check(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".yaml") {
			fmt.Println("---")
			check(all.ExecuteTemplate(os.Stdout, filepath.Base(file), data))
		}
	}
}

func number(value any) int {
	if n, ok := value.(float64); ok {
		return int(n)
	}
	return value.(int)
}
