use super::Failure;
use super::database;
use crate::App;
use crate::auth::token::keys::Keys;
use crate::background;
use crate::clock::Clock;
use crate::config::{Config, ConfigErrors, Faults, Files, ServeSettings};
use crate::db::{Outage, Readiness};
use crate::http::{Certificate, Scraped, check_static_dir};
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// What is left to do once the last request has ended takes a commit; a database that hangs must
/// not hold the process up.
const GOODBYE: Duration = Duration::from_secs(5);

/// All that keeps it from starting before it touches a database.
pub(super) fn faults(settings: &ServeSettings) -> Result<(), ConfigErrors> {
    prepare(settings).map(drop)
}

/// Checks the variables and what they lead to on the disk.
fn prepare(settings: &ServeSettings) -> Result<(Config, Option<Certificate>), ConfigErrors> {
    let mut faults = Faults::default();
    let config = faults.take(settings.check());
    let Files {
        keys,
        tls,
        static_dir,
    } = settings.files();
    let certificate = tls.map(|files| faults.take(Certificate::open(files)));
    // Once more when the server starts, with the database's time.
    let now = Clock::system().now();
    keys.map(|source| faults.take(Keys::open(source, now)));
    static_dir.map(|folder| faults.take(check_static_dir(&folder)));
    faults.finish(config.map(|config| (config, certificate.flatten())))
}

/// Answers requests until SIGTERM or SIGINT, then lets those under way end.
pub(super) async fn serve(settings: ServeSettings) -> Result<(), Failure> {
    let (mut config, certificate) = prepare(&settings)?;
    config.connections = crate::http::fit(config.connections);
    let db = database::open(&config.database).await?;
    match db.readiness().await? {
        Readiness::Ready => {}
        Readiness::ReadOnly => return Err(Failure::read_only()),
        Readiness::Behind => {
            let problem = "the database's schema is not up to date; run `api migrate`";
            return Err(Failure::Other(problem.to_owned()));
        }
    }
    Keys::make_folder(&config.keys)?;
    let clock = if config.database.is_sqlite() {
        Clock::system()
    } else {
        Clock::steady()
    };
    background::set_clock(&clock, &db).await?;
    let app = Arc::new(App::new(config, clock, db).await?);
    let warm = app.hasher.warm_up().await;
    warm.map_err(|busy| Failure::Other(busy.to_string()))?;

    let scraped = scraped(&app).await?;
    let beside = tokio::spawn({
        let app = Arc::clone(&app);
        async move { tokio::join!(background::run(&app), app.traces.forever()) }
    });
    let renewal = certificate.clone().map(|one| tokio::spawn(one.follow()));
    let served = crate::http::serve(Arc::clone(&app), certificate, asked_to_stop()?).await;
    beside.abort();
    for task in [renewal, scraped].into_iter().flatten() {
        task.abort();
    }
    let listen = app.config.listen;
    served.map_err(|error| {
        Failure::Other(format!(
            "LISTEN cannot be {listen} ({error}); choose a free address, like 127.0.0.1:8001"
        ))
    })?;
    app.traces.flush().await;
    tokio::time::timeout(GOODBYE, finish(&app))
        .await
        .map_err(|_| {
            let problem = "the database does not let go; what waited to be written may be lost";
            Failure::Other(problem.to_owned())
        })??;
    tracing::info!("stopped");
    Ok(())
}

/// Writes what waits and lets go of the database.
async fn finish(app: &App) -> Result<(), Outage> {
    app.journal.flush(&app.db).await?;
    app.db.clone().close().await
}

/// Takes the address of the metrics, if there is one, and answers there.
async fn scraped(app: &Arc<App>) -> Result<Option<JoinHandle<()>>, Failure> {
    let Some(listen) = app.config.metrics_listen else {
        return Ok(None);
    };
    let bound = Scraped::bind(listen).await.map_err(|error| {
        Failure::Other(format!(
            "METRICS_LISTEN cannot be {listen} ({error}); choose a free address, like 127.0.0.1:9100"
        ))
    })?;
    Ok(Some(tokio::spawn(bound.serve(Arc::clone(app)))))
}

/// Resolves when the process is asked to stop.
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send, Failure> {
    let listen = |kind| signal(kind).map_err(|error| Failure::Other(error.to_string()));
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests under way may end");
    })
}
