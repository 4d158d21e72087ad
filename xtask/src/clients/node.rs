//! openapi-typescript and Hey API.

use super::Stage;
use super::server::Server;
use std::process::Command;

/// A client is a file of ours over what a generator made.
const CLIENTS: [&str; 2] = ["openapi-fetch", "hey-api"];

/// Installs the generators, lets them generate, and lets the compiler judge types.
pub fn prepare(stage: &Stage<'_>) -> anyhow::Result<()> {
    let mut install = stage.command("npm");
    install.args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--ignore-scripts",
    ]);
    stage.install("package-lock.json", "npm's generators", vec![install])?;
    let generated = stage.empty("generated")?;

    let mut types = tool(stage, "openapi-typescript");
    types.arg(stage.spec());
    types.arg("--output").arg(generated.join("schema.ts"));
    stage.supervisor.run_checked("openapi-typescript", types)?;
    let mut client = tool(stage, "openapi-ts");
    client.arg("--input").arg(stage.spec());
    client.arg("--output").arg(generated.join("hey-api"));
    client.args(["--client", "@hey-api/client-fetch", "--silent"]);
    stage.supervisor.run_checked("openapi-ts", client)?;

    let mut compiler = tool(stage, "tsc");
    compiler.args(["--project", "."]);
    stage
        .supervisor
        .run_checked("the types of generated clients", compiler)
}

/// Lets them sign in and out.
pub fn run(stage: &Stage<'_>, server: &Server) -> anyhow::Result<()> {
    for client in CLIENTS {
        let mut node = stage.command("node");
        node.arg(format!("built/{client}.js"));
        server.tell(&mut node);
        stage
            .supervisor
            .run_checked(&format!("the client {client}"), node)?;
    }
    Ok(())
}

fn tool(stage: &Stage<'_>, name: &str) -> Command {
    stage.command(stage.folder.join("node_modules/.bin").join(name))
}
