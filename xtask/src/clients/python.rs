//! openapi-spec-validator, which has OpenAPI's own schema, and openapi-python-client.

use super::Stage;
use super::server::Server;
use std::process::Command;

/// Installs both in an environment of their own, validates, and generates.
pub fn prepare(stage: &Stage<'_>) -> anyhow::Result<()> {
    let mut environment = stage.command("python3");
    environment.args(["-m", "venv", "--clear", "python"]);
    let mut install = tool(stage, "pip");
    install.args(["install", "--quiet", "--disable-pip-version-check"]);
    install.args(["--requirement", "requirements.txt"]);
    let steps = vec![environment, install];
    stage.install("requirements.txt", "Python's generator", steps)?;

    let mut validator = tool(stage, "openapi-spec-validator");
    validator.arg(stage.spec());
    stage
        .supervisor
        .run_checked("openapi.json against OpenAPI's schema", validator)?;
    let generated = stage.empty("python-generated")?;
    let mut client = tool(stage, "openapi-python-client");
    client.arg("generate").arg("--path").arg(stage.spec());
    client.args(["--meta", "none", "--fail-on-warning", "--overwrite"]);
    client.args(["--config", "python-client.yaml", "--output-path"]);
    client.arg(generated.join("countersign_client"));
    stage
        .supervisor
        .run_checked("openapi-python-client", client)
}

/// Lets it sign in and out.
pub fn run(stage: &Stage<'_>, server: &Server) -> anyhow::Result<()> {
    let mut client = tool(stage, "python");
    client.arg("python_client.py");
    client.env("PYTHONPATH", stage.folder.join("python-generated"));
    server.tell(&mut client);
    stage.supervisor.run_checked("the client python", client)
}

fn tool(stage: &Stage<'_>, name: &str) -> Command {
    stage.command(stage.folder.join("python/bin").join(name))
}
